# what: нормализовано на несмещённую дисперсию
# caught_by: test_forward_train
# phrase: дисперсия несмещённая
# base: textbook
# replace: var * count / (count - 1) -> var
# replace: (dim=(0, 2, 3), correction=0) -> (dim=(0, 2, 3), correction=1)
