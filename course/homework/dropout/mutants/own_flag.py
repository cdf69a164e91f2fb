# what: свой флаг режима: net.eval() до него не доходит
# caught_by: test_modes
# phrase: self.training
# base: formulas
# replace: self.p = p -> self.p, self.is_training = p, True
# replace: if not self.training or -> if not self.is_training or


class DropoutLayer:
    def eval(self):
        self.is_training = False
        return self
