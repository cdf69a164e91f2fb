# what: знак градиента вместо градиента
# caught_by: test_sgd
# phrase: знак градиента
# base: formulas
# replace: (group["lr"] * g) -> (group["lr"] * g.sign())
