# what: weight_decay прибавлен прямо к p.grad
# caught_by: test_sgd_details
# phrase: градиент изменён на месте
# base: formulas


class MySGD:
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                g = p.grad.add_(group["weight_decay"] * p)
                if group["momentum"] != 0:
                    state = self.state[p]
                    if "velocity" not in state:
                        state["velocity"] = torch.zeros_like(p)
                    v = state["velocity"]
                    v.mul_(group["momentum"]).add_(g)
                    g = g + group["momentum"] * v if group["nesterov"] else v
                p.sub_(group["lr"] * g)
