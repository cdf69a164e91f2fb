# what: испорчено ровно noise · n меток
# caught_by: test_corrupt
# phrase: заменено поровну
# base: formulas
# replace: generator=generator) < noise -> generator=generator).argsort().argsort() < noise * len(y)
