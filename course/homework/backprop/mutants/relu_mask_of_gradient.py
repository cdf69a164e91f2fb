# what: маска взята от g
# caught_by: test_relu_backward
# phrase: маска взята от g
# base: textbook
# replace: return g * cache -> return np.maximum(g, 0)
