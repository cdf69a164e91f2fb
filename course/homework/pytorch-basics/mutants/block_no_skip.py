# what: в ResBlock нет обходного пути
# caught_by: test_resblock
# phrase: нет обходного пути
# base: plain
# replace: return functional.relu(x + self.branch(x)) -> return functional.relu(self.branch(x))
