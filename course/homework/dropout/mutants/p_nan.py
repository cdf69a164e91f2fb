# what: p = nan проходит: оба сравнения ложны
# caught_by: test_bad_probability
# phrase: ValueError
# base: formulas
# replace: if not 0 <= p <= 1: -> if p < 0 or p > 1:
