# what: режим запомнен при первом вызове
# caught_by: test_modes
# phrase: слой вернул вход как есть
# base: formulas
# replace: self.p = p -> self.p, self.mode = p, None
# replace: if not self.training or -> if not self.remembered() or


class DropoutLayer:
    def remembered(self):
        if self.mode is None or not self.training:
            self.mode = self.training
        return self.mode
