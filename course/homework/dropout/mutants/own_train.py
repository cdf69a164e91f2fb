# what: train() перекрыт и пишет в свой флаг, self.training не спрашивают
# caught_by: test_modes
# phrase: режим лежит в self.training
# base: formulas
# replace: if not self.training or -> if not self.on or
# replace: self.p = p -> self.p, self.on = p, True


class DropoutLayer:
    def train(self, mode=True):
        self.on = mode
        return self
