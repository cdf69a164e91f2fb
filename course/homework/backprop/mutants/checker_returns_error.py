# what: вернулась ошибка, а не True или False
# caught_by: test_check_gradient
# phrase: сравнение ошибки с допуском не возвращено
# base: textbook
# replace:  <= tolerance ->
