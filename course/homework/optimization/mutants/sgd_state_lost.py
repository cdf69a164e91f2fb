# what: скорость в собственном словаре: state_dict её не видит
# caught_by: test_sgd_resume
# phrase: state_dict() сохраняет не всё
# base: formulas


class MySGD:
    def __init__(self, params, lr, momentum=0, nesterov=False, weight_decay=0):
        defaults = {"lr": lr, "momentum": momentum, "nesterov": nesterov, "weight_decay": weight_decay}
        super().__init__(params, defaults)
        self.velocities = {}

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                g = p.grad + group["weight_decay"] * p
                if group["momentum"] != 0:
                    state = self.velocities.setdefault(p, {})
                    if "velocity" not in state:
                        state["velocity"] = torch.zeros_like(p)
                    v = state["velocity"]
                    v.mul_(group["momentum"]).add_(g)
                    g = g + group["momentum"] * v if group["nesterov"] else v
                p.sub_(group["lr"] * g)
