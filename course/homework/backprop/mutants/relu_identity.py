# what: вход возвращён без изменений
# caught_by: test_relu_forward
# phrase: без изменений
# base: textbook
# replace: np.maximum(x, 0) -> x.copy()
