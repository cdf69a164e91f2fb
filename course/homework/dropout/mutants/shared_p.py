# what: p хранится в классе, один на все слои
# caught_by: test_share
# phrase: рядом с DropoutLayer
# base: formulas
# replace: self.p = p -> DropoutLayer.p = p
