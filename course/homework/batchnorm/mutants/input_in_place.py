# what: вход нормализован на месте
# caught_by: test_forward_train
# phrase: вход изменён на месте
# base: textbook
# replace: (x - mean[:, None, None]) -> x.sub_(mean[:, None, None])
