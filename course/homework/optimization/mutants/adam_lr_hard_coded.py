# what: lr вписан
# caught_by: test_adam_options
# phrase: lr из __init__ не используется
# base: formulas
# replace: p.sub_(group["lr"] * self.direction(p, g, group)) -> p.sub_(1e-3 * self.direction(p, g, group))
