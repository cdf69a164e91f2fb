# what: nesterov не действует
# caught_by: test_sgd_nesterov
# phrase: nesterov=True не действует
# base: formulas
# replace: g + group["momentum"] * v if group["nesterov"] else v -> v
