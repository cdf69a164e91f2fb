# what: разность не поделена
# caught_by: test_numerical_gradient
# phrase: деление забыто
# base: textbook
# replace: (right - left) / (2 * h) -> right - left
