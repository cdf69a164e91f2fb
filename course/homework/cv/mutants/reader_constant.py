# what: на все картинки один ответ: самая частая буква
# caught_by: test_accuracy
# phrase: один и тот же ответ

from torch import nn


class Normalise:
    def __init__(self, images):
        self.mean = images.double().mean().item()
        self.std = images.double().std().item()

    def __call__(self, images):
        return ((images.float() - self.mean) / self.std)[:, None]


class LetterNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        blocks = []
        for inputs, outputs, kernel, stride in ((1, 16, 5, 2), (16, 32, 3, 2), (32, 48, 3, 1), (48, 48, 3, 1)):
            blocks.append(nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=kernel // 2, bias=False))
            blocks += [nn.BatchNorm2d(outputs), nn.ReLU()]
        self.blocks = nn.Sequential(*blocks)
        self.head = nn.Linear(48, classes)

    def features(self, x):
        return self.blocks(x)  # (N, 48, H / 4, W / 4)

    def forward(self, x):
        return self.head(self.features(x).mean((2, 3)))


class Reader:
    def __init__(self, images, labels, epochs=10):
        self.letters = sorted(set(labels))
        self.normalise = Normalise(images)
        self.model = LetterNet(len(self.letters))
        self.answer = max(self.letters, key=labels.count)

    def scores(self, images):
        return self.model.eval()(self.normalise(images)).detach()

    def read(self, images):
        return self.answer * len(images)
