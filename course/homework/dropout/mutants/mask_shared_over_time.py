# what: в последовательностях маска одна на все шаги
# caught_by: test_independence_of_layers
# phrase: на все шаги
# base: formulas
# replace: rand_like(x) >= -> rand((len(x), 1, x.shape[2]) if x.ndim == 3 else x.shape) >=
