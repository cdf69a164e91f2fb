# what: в eval забыты γ и β
# caught_by: test_eval_mode
# phrase: забыты γ и β
# base: textbook
# replace: self.affine: -> self.affine and self.training:
