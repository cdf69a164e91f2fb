# what: None понят как 0,1
# caught_by: test_momentum, test_state_dict
# phrase: накопленное среднее
# base: textbook
# replace: 1 / self.num_batches_tracked.item() -> 0.1
