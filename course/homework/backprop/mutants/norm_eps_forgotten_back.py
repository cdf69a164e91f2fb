# what: ε в обратном проходе забыто
# caught_by: test_batchnorm_backward_input, test_batchnorm_any_array
# phrase: ε в обратном проходе забыто
# base: textbook
# replace: (normal, scale, gamma) -> (normal, 1 / np.sqrt(np.maximum(var, 1e-300)), gamma)
