# what: градиенты — нули
# caught_by: test_network_gradients, test_network_learns
# phrase: не дошёл
# base: textbook
# replace: g = cross_entropy_backward(1.0, cache) -> g = cross_entropy_backward(0.0, cache)
