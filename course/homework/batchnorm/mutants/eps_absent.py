# what: ε забыто
# caught_by: test_forward_eps_and_offset, test_forward_train
# phrase: ε забыто
# base: textbook
# replace: (var[:, None, None] + self.eps) -> (var[:, None, None])
