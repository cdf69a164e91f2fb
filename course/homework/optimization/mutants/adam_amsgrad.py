# what: знаменатель не убывает: это AMSGrad
# caught_by: test_adam_options, test_adam
# phrase: это AMSGrad
# base: formulas


class MyAdam:
    def direction(self, p, g, group):
        state = self.state[p]
        if not state:
            state["t"] = 0
            state["m"] = torch.zeros_like(p)
            state["v"] = torch.zeros_like(p)
        beta1, beta2 = group["betas"]
        state["t"] += 1
        state["m"].mul_(beta1).add_((1 - beta1) * g)
        state["v"].mul_(beta2).add_((1 - beta2) * g**2)
        m_hat = state["m"] / (1 - beta1 ** state["t"])
        v_hat = state["v"] / (1 - beta2 ** state["t"])
        state["top"] = torch.maximum(state.get("top", v_hat), v_hat)
        v_hat = state["top"]
        return m_hat / (v_hat.sqrt() + group["eps"])
