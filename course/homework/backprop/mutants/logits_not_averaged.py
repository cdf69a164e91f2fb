# what: градиент не поделён на размер батча
# caught_by: test_cross_entropy_backward
# phrase: не поделено на размер батча
# base: textbook
# replace: return g * gradient / len(labels) -> return g * gradient
