# what: p не проверяется
# caught_by: test_bad_probability
# phrase: ожидалось исключение ValueError
# base: formulas


class DropoutLayer:
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        self.p = p
        self.inplace = inplace
