# what: единица минус p
# caught_by: test_cross_entropy_backward
# phrase: знак обратный
# base: textbook
# replace: return g * gradient / len(labels) -> return -g * gradient / len(labels)
