# what: всё переведено во float64
# caught_by: test_batchnorm_any_array
# phrase: float32
# base: textbook
# replace: mean = x.mean(axis=0) -> x = x.astype(np.float64); mean = x.mean(axis=0)
