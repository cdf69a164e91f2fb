# what: g потеряно
# caught_by: test_relu_backward
# phrase: g потеряно
# base: textbook
# replace: return g * cache -> return cache.astype(float)
