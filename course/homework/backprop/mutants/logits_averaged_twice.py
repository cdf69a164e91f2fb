# what: поделён дважды
# caught_by: test_cross_entropy_backward
# phrase: дважды
# base: textbook
# replace: return g * gradient / len(labels) -> return g * gradient / len(labels) ** 2
