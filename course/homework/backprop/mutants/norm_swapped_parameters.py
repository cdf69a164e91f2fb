# what: градиенты по γ и β переставлены
# caught_by: test_batchnorm_backward_parameters
# phrase: это градиент по β
# base: textbook
# replace: return dx, dgamma, dbeta -> return dx, dbeta, dgamma
