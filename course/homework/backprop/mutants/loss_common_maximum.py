# what: вычтен максимум всего массива
# caught_by: test_cross_entropy_large
# phrase: вычтите из каждой строки
# base: textbook
# replace: shifted = logits - logits.max(axis=1, keepdims=True) -> shifted = logits - logits.max()
