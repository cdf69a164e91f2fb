# what: в пути через дисперсию пропущена двойка от квадрата
# caught_by: test_batchnorm_backward_input
# phrase: множитель 2
# base: textbook
# replace: - normal * (dnormal * normal).mean(axis=0)) -> - normal * (dnormal * normal).mean(axis=0) / 2)
