# what: lr вписан в формулу
# caught_by: test_sgd
# phrase: lr из __init__ не используется
# base: formulas
# replace: p.sub_(group["lr"] * g) -> p.sub_(0.1 * g)
