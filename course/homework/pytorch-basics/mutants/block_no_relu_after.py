# what: после сложения нет ReLU
# caught_by: test_resblock
# phrase: после сложения забыта ReLU
# base: plain
# replace: functional.relu(x + self.branch(x)) -> x + self.branch(x)
