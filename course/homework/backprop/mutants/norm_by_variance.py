# what: поделено на дисперсию
# caught_by: test_batchnorm_forward
# phrase: вместо её корня
# base: textbook
# replace: scale = 1 / np.sqrt(var + eps) -> scale = 1 / (var + eps)
