# what: у alpha нет значения по умолчанию
# caught_by: test_elu_forward
# phrase: alpha
# base: formulas


class MyELU:
    def __init__(self, alpha):
        super().__init__()
        self.alpha = alpha
