# what: affine=False не учтён: параметры есть всегда
# caught_by: test_forward_affine
# phrase: сколько обучаемых чисел
# base: textbook
# replace: if affine: -> if True:
