# what: β₁ и β₂ переставлены
# caught_by: test_adam
# phrase: переставлены
# base: formulas
# replace: beta1, beta2 -> beta2, beta1
