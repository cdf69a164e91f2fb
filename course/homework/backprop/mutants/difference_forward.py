# what: разность в одну сторону
# caught_by: test_numerical_gradient
# phrase: в одну сторону, вперёд
# base: textbook
# replace: x[index] = kept - h -> x[index] = kept
# replace: (right - left) / (2 * h) -> (right - left) / h
