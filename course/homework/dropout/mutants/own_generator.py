# what: у каждого слоя свой генератор с одним и тем же зерном
# caught_by: test_independence_of_layers
# phrase: у двух слоёв одинаковые маски
# base: formulas
# replace: self.p = p -> self.p, self.generator = p, torch.Generator().manual_seed(42)
# replace: torch.rand_like(x) >= -> torch.rand(x.shape, generator=self.generator) >=
