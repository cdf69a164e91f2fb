# what: у всех блоков один cache: последний
# caught_by: test_network_gradients, test_network_any_depth
# phrase: форма
# base: textbook
# replace: for linear, norm, relu in reversed(caches): -> for linear, norm, relu in [caches[-1]] * len(caches):
