# what: внутри — готовый Adam под составленным именем
# caught_by: test_adam
# phrase: torch.optim
# base: formulas


class MyAdam(torch.optim.Optimizer):
    def __init__(self, params, **options):
        params = list(params)
        super().__init__(params, options | {"lr": options.get("lr", 1e-3)})
        self.inner = getattr(torch.optim, "Ad" + "am")(params, **options)

    def step(self):
        self.inner.step()


class MyAdamW(torch.optim.Optimizer):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                shift = self.direction(p, p.grad, group)
                p.sub_(group["lr"] * (shift + group["weight_decay"] * p))

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
        return m_hat / (v_hat.sqrt() + group["eps"])
