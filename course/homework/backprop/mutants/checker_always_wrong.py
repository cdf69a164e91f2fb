# what: проверка всегда недовольна
# caught_by: test_check_gradient
# phrase: сравнение перевёрнуто
# base: textbook
# replace: return gradient_error(gradient, numerical_gradient(f, x)) <= tolerance -> return False
