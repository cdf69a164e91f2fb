# what: разность в одну сторону, назад
# caught_by: test_numerical_gradient
# phrase: в одну сторону, назад
# base: textbook
# replace: x[index] = kept + h -> x[index] = kept
# replace: (right - left) / (2 * h) -> (right - left) / h
