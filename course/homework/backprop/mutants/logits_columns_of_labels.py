# what: gradient[:, labels] вычитает у чужих классов
# caught_by: test_cross_entropy_backward
# phrase: столбцы целиком
# base: textbook
# replace: gradient[np.arange(len(labels)), labels] -= 1 -> gradient[:, labels] -= 1
