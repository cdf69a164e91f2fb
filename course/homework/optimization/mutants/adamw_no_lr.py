# what: затухание не умножено на lr
# caught_by: test_adamw
# phrase: не умножено на lr
# base: formulas
# replace: (shift + group["weight_decay"] * p) -> shift + group["weight_decay"] * p
