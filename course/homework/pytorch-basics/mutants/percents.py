# what: точность в процентах
# caught_by: test_evaluate
# phrase: в процентах
# base: plain
# replace: right / count -> 100 * right / count
