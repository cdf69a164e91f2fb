# what: проверка всегда довольна
# caught_by: test_check_gradient
# phrase: сравнивать нужно сами градиенты
# base: textbook
# replace: return gradient_error(gradient, numerical_gradient(f, x)) <= tolerance -> return True
