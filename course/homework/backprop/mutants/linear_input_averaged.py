# what: градиент по x поделён на размер батча
# caught_by: test_linear_backward_input
# phrase: слой — нет
# base: textbook
# replace: g @ w.T, -> g @ w.T / len(g),
