# what: настройки взяты из первой группы
# caught_by: test_sgd_details
# phrase: настройки берите из группы
# base: formulas


class MySGD:
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                g = p.grad + group["weight_decay"] * p
                if self.param_groups[0]["momentum"] != 0:
                    state = self.state[p]
                    if "velocity" not in state:
                        state["velocity"] = torch.zeros_like(p)
                    v = state["velocity"]
                    v.mul_(self.param_groups[0]["momentum"]).add_(g)
                    g = g + self.param_groups[0]["momentum"] * v if group["nesterov"] else v
                p.sub_(self.param_groups[0]["lr"] * g)
