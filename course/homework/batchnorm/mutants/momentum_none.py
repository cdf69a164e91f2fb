# what: momentum=None не поддержан
# caught_by: test_momentum, test_state_dict
# phrase: TypeError
# base: textbook
# replace: 1 / self.num_batches_tracked.item() if self.momentum is None else self -> self
