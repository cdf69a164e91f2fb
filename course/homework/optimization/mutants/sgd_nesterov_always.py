# what: шаг Нестерова и при nesterov=False
# caught_by: test_sgd_momentum
# phrase: при nesterov=False
# base: formulas
# replace: v if group["nesterov"] else v -> v
