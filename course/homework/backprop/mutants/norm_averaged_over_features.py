# what: средние в обратном проходе — по признакам
# caught_by: test_batchnorm_backward_input
# phrase: три пути
# base: textbook
# replace: dnormal - dnormal.mean(axis=0) -> dnormal - dnormal.mean(axis=1, keepdims=True)
# replace: (dnormal * normal).mean(axis=0)) -> (dnormal * normal).mean(axis=1, keepdims=True))
