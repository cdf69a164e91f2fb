# what: betas вписаны
# caught_by: test_adam_options
# phrase: betas из __init__ не используются
# base: formulas
# replace: group["betas"] -> 0.9, 0.999
