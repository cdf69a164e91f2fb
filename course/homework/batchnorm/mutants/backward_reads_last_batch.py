# what: backward берёт статистики из класса: они уже от другого вызова
# caught_by: test_gradient_input
# phrase: а не в self и не в классе
# base: by_hand
# replace: ctx.save_for_backward(normal, inverse) -> Standardise.kept = normal, inverse
# replace: normal, inverse = ctx.saved_tensors -> normal, inverse = Standardise.kept
