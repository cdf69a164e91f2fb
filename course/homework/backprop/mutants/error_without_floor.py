# what: в знаменателе нет 0,001
# caught_by: test_gradient_error, test_check_gradient_subtle
# phrase: 0,001
# base: textbook
# replace: , np.linalg.norm(numeric), 1e-3) -> , np.linalg.norm(numeric))
