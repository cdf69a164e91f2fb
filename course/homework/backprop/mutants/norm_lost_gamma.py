# what: γ забыта по дороге к x̂
# caught_by: test_batchnorm_backward_input
# phrase: γ забыта
# base: textbook
# replace: dnormal = g * gamma -> dnormal = g
