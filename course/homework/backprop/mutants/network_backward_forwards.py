# what: назад прошли с начала
# caught_by: test_network_gradients, test_network_any_depth
# phrase: broadcast
# base: textbook
# replace: for linear, norm, relu in reversed(caches): -> for linear, norm, relu in caches:
