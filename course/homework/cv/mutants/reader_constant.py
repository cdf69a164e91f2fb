# what: на все картинки один ответ: самая частая буква
# caught_by: test_accuracy
# phrase: один и тот же ответ
# base: tensors


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
