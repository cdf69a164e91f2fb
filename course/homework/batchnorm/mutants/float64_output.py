# what: ответ всегда float64
# caught_by: test_forward_any_tensor
# phrase: float64 вместо float32
# base: textbook
# replace: return y -> return y.double()
