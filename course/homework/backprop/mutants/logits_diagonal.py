# what: p·(1 − p): якобиан softmax взят диагональным
# caught_by: test_cross_entropy_backward
# phrase: зависит от всех логитов
# base: textbook
# replace: gradient[np.arange(len(labels)), labels] -= 1 -> gradient = gradient * (1 - gradient)
