# what: нет поправки у m
# caught_by: test_adam
# phrase: смещение у m
# base: formulas
# replace: state["m"] / (1 - beta1 ** state["t"]) -> state["m"]
