# what: множитель 1/√(σ² + ε) забыт
# caught_by: test_batchnorm_backward_input
# phrase: множитель
# base: textbook
# replace: dx = scale * -> dx =
