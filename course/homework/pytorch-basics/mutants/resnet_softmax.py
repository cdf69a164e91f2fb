# what: в конце CustomResNet стоит softmax
# caught_by: test_resnet
# phrase: стоит softmax
# base: plain


class CustomResNet:
    def __init__(self, c, hidden, blocks, classes):
        super().__init__(
            nn.Conv2d(1, c, 3, padding=1, bias=False),
            nn.BatchNorm2d(c),
            nn.ReLU(),
            nn.MaxPool2d(2),
            *(ResBlock(c, hidden) for _ in range(blocks)),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(c, classes),
            nn.Softmax(dim=1),
        )
