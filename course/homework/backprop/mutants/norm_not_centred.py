# what: среднее не вычтено
# caught_by: test_batchnorm_forward
# phrase: среднее не вычтено
# base: textbook
# replace: normal = (x - mean) * scale -> normal = x * scale
