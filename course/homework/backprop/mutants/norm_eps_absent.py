# what: ε забыто: постоянный признак — деление на ноль
# caught_by: test_batchnorm_forward, test_batchnorm_any_array
# phrase: ε
# base: textbook
# replace: scale = 1 / np.sqrt(var + eps) -> scale = 1 / np.sqrt(var)
