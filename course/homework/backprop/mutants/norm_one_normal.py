# what: x̂ вошло один раз
# caught_by: test_batchnorm_backward_input
# phrase: один раз
# base: textbook
# replace: - normal * (dnormal * normal).mean(axis=0)) -> - (dnormal * normal).mean(axis=0))
