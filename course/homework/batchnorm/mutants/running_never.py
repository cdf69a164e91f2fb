# what: накопленное не обновляется
# caught_by: test_running_statistics
# phrase: не обновляется вовсе
# base: textbook
# replace: self.update(mean, var, x.numel() // x.shape[1]) -> pass
