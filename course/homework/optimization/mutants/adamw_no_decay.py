# what: затухания нет
# caught_by: test_adamw
# phrase: weight_decay не действует
# base: formulas
# replace: (shift + group["weight_decay"] * p) -> shift
