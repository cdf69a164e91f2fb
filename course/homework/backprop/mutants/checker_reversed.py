# what: сравнение перевёрнуто
# caught_by: test_check_gradient
# phrase: сравнение перевёрнуто
# base: textbook
# replace: numerical_gradient(f, x)) <= tolerance -> numerical_gradient(f, x)) > tolerance
