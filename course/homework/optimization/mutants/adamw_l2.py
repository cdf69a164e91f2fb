# what: затухание прибавлено к градиенту: это Adam с L2
# caught_by: test_adamw
# phrase: это Adam с L2
# base: formulas
# replace: (p, p.grad, group) -> (p, p.grad + group["weight_decay"] * p, group)
# replace: (shift + group["weight_decay"] * p) -> shift
