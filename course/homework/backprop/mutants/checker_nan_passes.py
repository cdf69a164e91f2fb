# what: NaN проходит: not (ошибка > допуска)
# caught_by: test_check_gradient_subtle
# phrase: NaN не больше допуска
# base: textbook
# replace: return gradient_error(gradient, numerical -> return not gradient_error(gradient, numerical
# replace: <= tolerance -> > tolerance
