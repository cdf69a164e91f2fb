# what: оставлено отрицательное, обнулено положительное
# caught_by: test_relu_forward
# phrase: знаки перепутаны
# base: formulas
# replace: clamp(x, min=0) -> where(x > 0, torch.zeros_like(x), x)
