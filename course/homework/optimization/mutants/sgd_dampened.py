# what: момент с множителем 1 − μ
# caught_by: test_sgd_momentum
# phrase: с множителем 1 − μ
# base: formulas
# replace: (group["momentum"]).add_(g) -> (group["momentum"]).add_((1 - group["momentum"]) * g)
