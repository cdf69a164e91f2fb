# what: всё переведено во float64
# caught_by: test_layers_any_array
# phrase: float32
# base: textbook
# replace: return x @ w + b, (x, w) -> return (x @ w + b).astype(np.float64), (x, w)
