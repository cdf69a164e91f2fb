# what: в пути через дисперсию лишняя двойка
# caught_by: test_batchnorm_backward_input
# phrase: лишняя двойка
# base: textbook
# replace: - normal * (dnormal * normal).mean(axis=0)) -> - 2 * normal * (dnormal * normal).mean(axis=0))
