# what: в последовательностях обнуляется весь шаг: это Dropout1d
# caught_by: test_independence_of_layers
# phrase: Dropout1d
# base: formulas
# replace: rand_like(x) >= -> rand((*x.shape[:2], 1) if x.ndim == 3 else x.shape) >=
