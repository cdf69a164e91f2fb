# what: допуск 5 %: один неверный элемент не виден
# caught_by: test_check_gradient, test_check_gradient_subtle
# phrase: 1 % одного из них
# base: textbook
# replace: <= tolerance -> <= 0.05
