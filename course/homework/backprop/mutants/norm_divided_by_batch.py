# what: градиент по x поделён на размер батча
# caught_by: test_batchnorm_backward_input
# phrase: слой — нет
# base: textbook
# replace: dx = scale * -> dx = scale / len(g) *
