# what: состояние создано в __init__: у группы, добавленной позже, его нет
# caught_by: test_sgd_details
# phrase: KeyError
# base: formulas
# replace: if "velocity" not in state: -> if False:


Whole = MySGD


class MySGD(Whole):
    def __init__(self, params, lr, momentum=0, nesterov=False, weight_decay=0):
        super().__init__(params, lr, momentum, nesterov, weight_decay)
        for group in self.param_groups:
            for p in group["params"]:
                self.state[p]["velocity"] = torch.zeros_like(p)
