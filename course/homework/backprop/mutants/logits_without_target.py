# what: единица не вычтена
# caught_by: test_cross_entropy_backward
# phrase: не вычтена
# base: textbook
# replace: gradient[np.arange(len(labels)), labels] -= 1 -> pass
