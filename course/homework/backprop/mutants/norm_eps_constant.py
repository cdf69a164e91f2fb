# what: ε вписано в формулу
# caught_by: test_batchnorm_forward
# phrase: параметр eps не используется
# base: textbook
# replace: scale = 1 / np.sqrt(var + eps) -> scale = 1 / np.sqrt(var + 1e-5)
