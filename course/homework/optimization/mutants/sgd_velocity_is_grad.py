# what: скорость — сам p.grad первого шага
# caught_by: test_sgd_details
# phrase: ссылается на сам p.grad
# base: formulas


class MySGD:
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                g = p.grad
                if group["weight_decay"]:
                    g = g + group["weight_decay"] * p
                if group["momentum"] != 0:
                    state = self.state[p]
                    if "velocity" not in state:
                        state["velocity"] = g
                    else:
                        state["velocity"].mul_(group["momentum"]).add_(g)
                    v = state["velocity"]
                    g = g + group["momentum"] * v if group["nesterov"] else v
                p.sub_(group["lr"] * g)
