# what: momentum вписан в формулу
# caught_by: test_sgd_momentum
# phrase: momentum из __init__ не используется
# base: formulas
# replace: v.mul_(group["momentum"]) -> v.mul_(0.9)
