# what: нет поправки у v
# caught_by: test_adam
# phrase: смещение у v
# base: formulas
# replace: state["v"] / (1 - beta2 ** state["t"]) -> state["v"]
