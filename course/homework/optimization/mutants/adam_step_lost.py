# what: счётчик шагов — поле оптимизатора: state_dict его не видит
# caught_by: test_adam_resume
# phrase: state_dict() сохраняет не всё
# base: formulas


class MyAdam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0):
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay})
        self.counts = {}

    def direction(self, p, g, group):
        state = self.state[p]
        if not state:
            state["t"] = 0
            state["m"] = torch.zeros_like(p)
            state["v"] = torch.zeros_like(p)
        beta1, beta2 = group["betas"]
        self.counts[p] = self.counts.get(p, 0) + 1
        state["t"] = self.counts[p]
        state["m"].mul_(beta1).add_((1 - beta1) * g)
        state["v"].mul_(beta2).add_((1 - beta2) * g**2)
        m_hat = state["m"] / (1 - beta1 ** state["t"])
        v_hat = state["v"] / (1 - beta2 ** state["t"])
        return m_hat / (v_hat.sqrt() + group["eps"])
