# what: максимум не вычтен: exp переполняется
# caught_by: test_cross_entropy_large
# phrase: вычтите из каждой строки
# base: textbook
# replace: shifted = logits - logits.max(axis=1, keepdims=True) -> shifted = logits
