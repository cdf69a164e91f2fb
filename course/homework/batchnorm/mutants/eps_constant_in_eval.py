# what: в eval ε всегда 1e-5
# caught_by: test_eval_mode
# phrase: ε в eval всегда 1e-5
# base: textbook
# replace: + self.eps) -> + (self.eps if self.training else 1e-5))
