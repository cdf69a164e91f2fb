# what: накоплена смещённая дисперсия
# caught_by: test_running_statistics
# phrase: накоплена смещённая
# base: textbook
# replace: var * count / (count - 1) -> var
