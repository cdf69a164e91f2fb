# what: путь через среднее потерян
# caught_by: test_batchnorm_backward_input
# phrase: потерян путь через среднее
# base: textbook
# replace: dnormal - dnormal.mean(axis=0) -> dnormal
