# what: поделено на ⟨a, a⟩
# caught_by: test_gradient_scale
# phrase: переставлены
# base: textbook
# replace: (numeric * numeric).sum() -> (analytic * analytic).sum()
