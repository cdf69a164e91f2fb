# what: в bernoulli передана вероятность обнулить, а единица в маске — оставить
# caught_by: test_gradient
# phrase: обнулена доля 1 − p
# base: formulas
# replace: torch.rand_like(x) >= self.p -> torch.bernoulli(torch.full_like(x, self.p)) > 0
