# what: p хранится в классе, один на все слои
# caught_by: test_share
# phrase: p взято у другого слоя
# base: formulas
# replace: self.p = p -> DropoutLayer.p = p
