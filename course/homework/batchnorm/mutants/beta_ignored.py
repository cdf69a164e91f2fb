# what: β забыта
# caught_by: test_forward_affine
# phrase: β забыта
# base: textbook
# replace: y + self.bias[:, None, None] -> y
