# what: ответ всегда float32
# caught_by: test_relu_forward
# phrase: float32
# base: formulas
# replace: (x, min=0) -> (x, min=0).float()
