# what: lr умножен на 0,9
# caught_by: test_sgd
# phrase: lr умножен на 0,9
# base: formulas
# replace: p.sub_(group["lr"] * g) -> p.sub_(0.9 * group["lr"] * g)
