# what: несмещённая для нормализации, смещённая для накопления
# caught_by: test_forward_train, test_running_statistics
# phrase: дисперсия несмещённая
# base: textbook
# replace: count / (count - 1) -> (count - 1) / count
# replace: (dim=(0, 2, 3), correction=0) -> (dim=(0, 2, 3), correction=1)
