# what: логиты обрезаны до ±50
# caught_by: test_mlp
# phrase: большие логиты обрезаны
# base: plain


class CustomMLP(nn.Sequential):
    def __init__(self, inputs, hidden, classes):
        widths = [inputs, *hidden, classes]
        layers = [nn.Flatten()]
        for number in range(len(widths) - 1):
            layers += [nn.Linear(widths[number], widths[number + 1]), nn.ReLU()]
        super().__init__(*layers[:-1])

    def forward(self, x):
        return super().forward(x).clamp(-50, 50)
