# what: список hidden изменён на месте
# caught_by: test_mlp
# phrase: изменён на месте
# base: plain


class CustomMLP:
    def __init__(self, inputs, hidden, classes):
        hidden.insert(0, inputs)
        layers = [nn.Flatten()]
        for number in range(1, len(hidden)):
            layers += [nn.Linear(hidden[number - 1], hidden[number]), nn.ReLU()]
        super().__init__(*layers, nn.Linear(hidden[-1], classes))
