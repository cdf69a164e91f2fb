# what: вместо ReLU нули
# caught_by: test_relu_forward
# phrase: все ответы — нули
# base: formulas
# replace: clamp(x, min=0) -> zeros_like(x)
