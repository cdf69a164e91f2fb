# what: метки считаются с единицы
# caught_by: test_cross_entropy_backward
# phrase: не у того класса
# base: textbook
# replace: , labels] -= 1 -> , (labels + 1) % gradient.shape[1]] -= 1
