# what: softmax перед cross_entropy
# caught_by: test_fit
# phrase: softmax применён до
# base: plain
# replace: (self.model(x), y) -> (self.model(x).softmax(dim=1), y)
