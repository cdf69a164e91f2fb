# what: в v копится |g|
# caught_by: test_adam
# phrase: копится |g|
# base: formulas
# replace: ((1 - beta2) * g**2) -> ((1 - beta2) * g.abs())
