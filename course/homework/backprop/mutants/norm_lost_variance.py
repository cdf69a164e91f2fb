# what: путь через дисперсию потерян
# caught_by: test_batchnorm_backward_input
# phrase: потерян путь через дисперсию
# base: textbook
# replace: - normal * (dnormal * normal).mean(axis=0) ->
