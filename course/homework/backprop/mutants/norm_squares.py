# what: E[x²] − (E[x])²: при большом среднем цифры пропадают
# caught_by: test_batchnorm_any_array
# phrase: средний квадрат отклонений
# base: textbook
# replace: var = ((x - mean) ** 2).mean(axis=0) -> var = (x**2).mean(axis=0) - mean**2
