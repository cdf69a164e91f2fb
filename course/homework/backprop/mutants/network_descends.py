# what: вернулись шаги вниз, а не градиенты
# caught_by: test_network_gradients, test_network_learns
# phrase: знак обратный
# base: textbook
# replace: g = cross_entropy_backward(1.0, cache) -> g = cross_entropy_backward(-1.0, cache)
