# what: betas лежат в self: у всех групп они одни
# caught_by: test_adamw_details
# phrase: не в собственных полях
# base: formulas


Whole = MyAdamW


class MyAdamW(Whole):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
        super().__init__(params, lr, betas, eps, weight_decay)
        self.betas = betas

    def step(self):
        for group in self.param_groups:
            group["betas"] = self.betas
        super().step()
