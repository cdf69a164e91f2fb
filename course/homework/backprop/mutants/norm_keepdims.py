# what: градиенты по γ и β формы (1, m)
# caught_by: test_batchnorm_backward_parameters
# phrase: форма (m,)
# base: textbook
# replace: dgamma = (g * normal).sum(axis=0) -> dgamma = (g * normal).sum(axis=0, keepdims=True)
# replace: dbeta = g.sum(axis=0) -> dbeta = g.sum(axis=0, keepdims=True)
