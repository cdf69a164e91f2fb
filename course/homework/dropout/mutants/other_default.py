# what: по умолчанию p = 0,1
# caught_by: test_share
# phrase: по умолчанию стоит p=0.1
# base: formulas
# replace: p: float = 0.5 -> p: float = 0.1
