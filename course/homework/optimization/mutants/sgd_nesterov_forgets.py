# what: с Нестеровым скорость забывается между шагами
# caught_by: test_sgd_nesterov
# phrase: скорость забыта между шагами: новую v
# base: formulas
# replace: if "velocity" not in state: -> if "velocity" not in state or group["nesterov"]:
