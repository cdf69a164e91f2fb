# what: последняя ReLU стоит до сложения
# caught_by: test_resblock
# phrase: до сложения
# base: plain
# replace: return functional.relu(x + self.branch(x)) -> return x + functional.relu(self.branch(x))
