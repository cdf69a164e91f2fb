# what: вход возвращён без изменений
# caught_by: test_forward_train, test_learning_rate_two, test_learning_rate_three
# phrase: вход возвращён без изменений
# base: textbook
# replace: return y -> return x
