# what: в обратном проходе ε всегда 1e-5
# caught_by: test_batchnorm_any_array
# phrase: всегда 1e-5
# base: textbook
# replace: (normal, scale, gamma) -> (normal, 1 / np.sqrt(var + 1e-5), gamma)
