# what: ответ всегда float64
# caught_by: test_relu_any_tensor
# phrase: float64 вместо float32
# base: formulas
# replace: (x, min=0) -> (x.double(), min=0)
