# what: дисперсия оторвана от графа
# caught_by: test_gradient_input
# phrase: дисперсия оторвана
# base: textbook
# replace: var = x. -> var = x.detach().
