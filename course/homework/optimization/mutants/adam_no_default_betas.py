# what: по умолчанию β₂ = 0,99
# caught_by: test_adam
# phrase: по умолчанию betas
# base: formulas


class MyAdam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.99), eps=1e-8, weight_decay=0):
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay})
