# what: единица вычтена у всех
# caught_by: test_cross_entropy_backward
# phrase: у всех классов
# base: textbook
# replace: gradient[np.arange(len(labels)), labels] -= 1 -> gradient -= 1
