# what: ошибка абсолютная
# caught_by: test_gradient_error
# phrase: не относительная
# base: textbook
# replace:  / largest ->
