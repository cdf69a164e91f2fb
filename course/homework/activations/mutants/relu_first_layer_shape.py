# what: ответ вытянут в вектор
# caught_by: test_relu_forward
# phrase: форма
# base: formulas
# replace: (x, min=0) -> (x.reshape(-1), min=0)
