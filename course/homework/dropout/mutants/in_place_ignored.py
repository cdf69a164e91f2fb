# what: inplace=True ничего не меняет
# caught_by: test_in_place
# phrase: записывают в сам x
# base: formulas
# replace: x.mul_(mask).div_ -> x.mul(mask).div_
