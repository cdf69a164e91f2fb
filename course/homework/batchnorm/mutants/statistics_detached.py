# what: среднее и дисперсия оторваны от графа
# caught_by: test_gradient_input
# phrase: оторваны от графа
# base: textbook
# replace: mean = x. -> mean = x.detach().
# replace: var = x. -> var = x.detach().
