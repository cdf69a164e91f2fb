# what: на картинках обнуляются каналы целиком: это Dropout2d
# caught_by: test_independence_of_layers
# phrase: Dropout2d
# base: formulas
# replace: (x) >= self.p -> (x[..., :1, :1] if x.ndim == 4 else x) >= self.p
