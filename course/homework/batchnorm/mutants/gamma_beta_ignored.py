# what: γ и β созданы, но не используются
# caught_by: test_forward_affine
# phrase: γ и β не используются
# base: textbook
# replace: if self.affine: -> if False:
