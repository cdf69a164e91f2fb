# what: g умножено на γ прямо в чужом массиве
# caught_by: test_batchnorm_backward_input, test_batchnorm_backward_parameters
# phrase: изменил g
# base: textbook
# replace: dnormal = g * gamma -> g *= gamma; dnormal = g
