# what: weight_decay лежит в self: у всех групп он один
# caught_by: test_sgd_details
# phrase: weight_decay взят не из группы
# base: formulas


Whole = MySGD


class MySGD(Whole):
    def __init__(self, params, lr, momentum=0, nesterov=False, weight_decay=0):
        super().__init__(params, lr, momentum, nesterov, weight_decay)
        self.decay = weight_decay

    def step(self):
        for group in self.param_groups:
            group["weight_decay"] = self.decay
        super().step()
