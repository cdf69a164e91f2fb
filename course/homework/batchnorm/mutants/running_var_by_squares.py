# what: накопленная дисперсия — разность квадратов
# caught_by: test_running_statistics
# phrase: E[x²] − (E[x])²
# base: textbook
# replace: self.update(mean, var, -> self.update(mean, (x * x).mean(dim=(0, 2, 3)) - mean * mean,
