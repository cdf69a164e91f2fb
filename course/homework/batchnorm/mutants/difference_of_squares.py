# what: дисперсия как E[x²] − (E[x])²: при большом среднем цифры пропадают
# caught_by: test_forward_eps_and_offset
# phrase: это E[x²] − (E[x])²
# base: textbook
# replace: x.var(dim=(0, 2, 3), correction=0) -> (x * x).mean(dim=(0, 2, 3)) - mean * mean
