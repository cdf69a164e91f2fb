# what: градиент сверху возвращён как есть
# caught_by: test_linear_backward_input
# phrase: возвращён как есть
# base: textbook
# replace: g @ w.T, -> g,
