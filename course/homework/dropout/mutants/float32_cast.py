# what: вход приведён к float32
# caught_by: test_values
# phrase: float32
# base: formulas
# replace: return x * -> return x.float() *
