# what: в каждом вызове обнуляется ровно доля p элементов
# caught_by: test_independence
# phrase: в каждом вызове число обнулённых одно и то же
# base: formulas
# replace: torch.rand_like(x) >= self.p -> self.exact(x)


class DropoutLayer:
    def exact(self, x):
        mask = torch.ones(x.numel(), dtype=torch.bool)
        mask[torch.randperm(x.numel())[: round(self.p * x.numel())]] = False
        return mask.reshape(x.shape)
