# what: нулевой градиент принят за его отсутствие
# caught_by: test_sgd_details
# phrase: а пропускают только p.grad = None
# base: formulas


Whole = MySGD


class MySGD(Whole):
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None and not p.grad.any():
                    p.grad = None
        super().step()
