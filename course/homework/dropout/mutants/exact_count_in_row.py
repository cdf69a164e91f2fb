# what: в каждой строке обнуляется ровно доля p элементов
# caught_by: test_independence
# phrase: в строке всегда обнулено поровну
# base: formulas
# replace: (x) >= self.p -> (x).argsort(-1) >= round(self.p * x.shape[-1]) if x.ndim else torch.rand_like(x) >= self.p
