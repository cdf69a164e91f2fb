# what: поделено на дисперсию
# caught_by: test_normalise
# phrase: поделено на дисперсию


class Normalise:
    def __init__(self, images):
        self.mean = images.double().mean().item()
        self.std = images.double().var().item()

    def __call__(self, images):
        return ((images.float() - self.mean) / self.std)[:, None]
