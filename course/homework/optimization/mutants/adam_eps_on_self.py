# what: eps лежит в self: у всех групп он один
# caught_by: test_adam_details
# phrase: eps взят не из группы
# base: formulas


Whole = MyAdam


class MyAdam(Whole):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0):
        super().__init__(params, lr, betas, eps, weight_decay)
        self.eps = eps

    def step(self):
        for group in self.param_groups:
            group["eps"] = self.eps
        super().step()
