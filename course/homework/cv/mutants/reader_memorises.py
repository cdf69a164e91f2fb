# what: помнит все обучающие картинки и берёт самую похожую
# caught_by: test_accuracy
# phrase: выучены наизусть
# base: tensors

from torch.nn import functional as F


class Reader:
    def __init__(self, images, labels, epochs=10):
        self.letters = sorted(set(labels))
        self.normalise = Normalise(images)
        self.model = LetterNet(len(self.letters))
        self.known, self.names = self.direction(images), labels

    def direction(self, images):
        return F.normalize(self.normalise(images).flatten(1))

    def scores(self, images):
        return self.model.eval()(self.normalise(images)).detach()

    def read(self, images):
        nearest = (self.direction(images) @ self.known.T).argmax(1)
        return "".join(self.names[place] for place in nearest.tolist())
