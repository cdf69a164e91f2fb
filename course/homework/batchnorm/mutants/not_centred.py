# what: среднее не вычтено
# caught_by: test_forward_train
# phrase: среднее не вычтено
# base: textbook
# replace: (x - mean[:, None, None]) -> x
