# what: во float32 разности считаются во float32
# caught_by: test_numerical_gradient_any_array
# phrase: float32
# base: textbook
# replace: x = np.array(x, dtype=np.float64) -> x = x.copy()
