# what: показатель до 500: во float32 exp переполняется, и градиент — NaN
# caught_by: test_elu_gradient_large
# phrase: соседней ветви
# base: formulas
# replace: torch.clamp(x, max=0) -> torch.clamp(x, max=500)
