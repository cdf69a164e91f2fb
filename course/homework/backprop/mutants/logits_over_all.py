# what: поделён на число логитов
# caught_by: test_cross_entropy_backward
# phrase: на число всех логитов
# base: textbook
# replace: return g * gradient / len(labels) -> return g * gradient / gradient.size
