# what: среднее и дисперсия взяты за постоянные
# caught_by: test_batchnorm_backward_input
# phrase: их пути потеряны
# base: textbook
# replace: dnormal - dnormal.mean(axis=0) -> dnormal
# replace: - normal * (dnormal * normal).mean(axis=0) ->
