# what: свёртки лежат в обычном списке
# caught_by: test_cnn
# phrase: nn.ModuleList
# base: plain


class CustomCNN:
    def __init__(self, channels, classes):
        super().__init__()
        layers, inputs = [], 1
        for outputs in channels:
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
            inputs = outputs
        self.features = layers
        self.head = nn.Linear(inputs, classes)

    def forward(self, x):
        for layer in self.features:
            x = layer(x)
        return self.head(x.mean(dim=(2, 3)))
