# what: g потеряно
# caught_by: test_cross_entropy_backward
# phrase: потеряно g
# base: textbook
# replace: return g * gradient / len(labels) -> return gradient / len(labels)
