# what: по умолчанию λ = 0
# caught_by: test_adamw
# phrase: weight_decay не действует
# base: formulas


class MyAdamW:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0):
        super().__init__(params, lr, betas, eps, weight_decay)
