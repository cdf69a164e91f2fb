# what: то же, замечено в fit: накопленное BatchNorm испорчено проверкой
# caught_by: test_fit
# phrase: портит накопленное
# base: plain
# replace: model.eval() -> model.train()
