# what: zero_grad() переписан и оставляет нули: p.grad больше не бывает None
# caught_by: test_adam_details
# phrase: zero_grad() переписан
# base: formulas


class MyAdam:
    def zero_grad(self, set_to_none=True):
        for group in self.param_groups:
            for p in group["params"]:
                p.grad = torch.zeros_like(p)
