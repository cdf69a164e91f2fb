# what: epochs понято как «ещё столько»
# caught_by: test_fit_again
# phrase: номер последней эпохи
# base: plain
# replace: while self.epoch < epochs -> for _ in range(epochs)
