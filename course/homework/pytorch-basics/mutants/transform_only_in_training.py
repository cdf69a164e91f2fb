# what: преобразование действует только у обучающей части
# caught_by: test_transform
# phrase: у части train=False
# base: plain
# replace: self.transform = transform -> self.transform = transform if train else None
