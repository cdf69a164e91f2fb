# what: возвращён только ответ
# caught_by: test_linear_forward
# phrase: unpack
# base: textbook
# replace: return x @ w + b, (x, w) -> return x @ w + b
