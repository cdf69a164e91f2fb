# what: без скрытых блоков не работает
# caught_by: test_network_any_depth
# phrase: IndexError
# base: textbook
# replace: g = cross_entropy_backward(1.0, cache) -> g = cross_entropy_backward(1.0, cache); caches[0]
