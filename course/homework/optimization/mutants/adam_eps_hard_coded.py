# what: eps вписан
# caught_by: test_adam_options
# phrase: eps из __init__ не используется
# base: formulas
# replace: group["eps"] -> 1e-8
