# what: поправка перенесена в lr без ε
# caught_by: test_adam_options
# phrase: поправка перенесена в lr
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
        factor = (1 - beta2 ** state["t"]) ** 0.5 / (1 - beta1 ** state["t"])
        return factor * state["m"] / (state["v"].sqrt() + group["eps"])
