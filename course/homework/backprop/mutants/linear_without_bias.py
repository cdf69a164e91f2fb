# what: b забыто
# caught_by: test_linear_forward
# phrase: b забыто
# base: textbook
# replace: x @ w + b, -> x @ w,
