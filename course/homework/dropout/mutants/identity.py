# what: слой возвращает вход
# caught_by: test_values, test_noisy_labels, test_noisy_labels_less
# phrase: слой вернул вход как есть
# base: formulas


class DropoutLayer:
    def forward(self, x):
        return x
