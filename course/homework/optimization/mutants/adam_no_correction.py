# what: нет поправок на смещение
# caught_by: test_adam
# phrase: нет поправок на смещение
# base: formulas
# replace: state["m"] / (1 - beta1 ** state["t"]) -> state["m"]
# replace: state["v"] / (1 - beta2 ** state["t"]) -> state["v"]
