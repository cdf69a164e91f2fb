# what: шаг вдоль градиента, а не против
# caught_by: test_sgd
# phrase: вдоль градиента
# base: formulas
# replace: p.sub_(group["lr"] * g) -> p.add_(group["lr"] * g)
