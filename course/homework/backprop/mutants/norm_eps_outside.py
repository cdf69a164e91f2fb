# what: ε снаружи корня
# caught_by: test_batchnorm_forward
# phrase: снаружи корня
# base: textbook
# replace: scale = 1 / np.sqrt(var + eps) -> scale = 1 / (np.sqrt(var) + eps)
