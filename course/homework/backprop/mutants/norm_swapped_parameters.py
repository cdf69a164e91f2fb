# what: градиенты по γ и β переставлены
# caught_by: test_batchnorm_backward_parameters
# phrase: переставлены: порядок ответа
# base: textbook
# replace: return dx, dgamma, dbeta -> return dx, dbeta, dgamma
