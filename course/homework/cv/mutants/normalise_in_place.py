# what: обучающие картинки изменены на месте
# caught_by: test_normalise
# phrase: изменены на месте


class Normalise:
    def __init__(self, images):
        self.mean = images.double().mean().item()
        self.std = images.double().std().item()

    def __call__(self, images):
        images -= images.min()
        images[images < 20] = 0
        return ((images.float() - self.mean) / self.std)[:, None]
