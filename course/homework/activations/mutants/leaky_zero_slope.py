# what: нулевой наклон принят за отсутствующий: negative_slope or 0.01
# caught_by: test_leaky_relu_slopes
# phrase: параметр negative_slope не используется
# base: formulas
# replace: negative_slope = negative_slope -> negative_slope = negative_slope or 0.01
