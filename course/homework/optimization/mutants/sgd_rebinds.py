# what: p = p − lr·g: параметр не меняется
# caught_by: test_sgd
# phrase: параметры не сдвинулись
# base: formulas
# replace: p.sub_(group["lr"] * g) -> p = p - group["lr"] * g
