# what: маска не применена
# caught_by: test_relu_backward
# phrase: маска не применена
# base: textbook
# replace: return g * cache -> return g.copy()
