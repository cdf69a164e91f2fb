# what: маска — округлённое rand, вероятность всегда 1/2
# caught_by: test_share
# phrase: обнулена половина при любом p
# base: formulas
# replace: (x) >= self.p -> (x).round()
