# what: формы не сравниваются: numpy растягивает
# caught_by: test_gradient_error, test_check_gradient_subtle
# phrase: формы разные
# base: textbook
# replace: if analytic.shape != numeric.shape: -> if False:
