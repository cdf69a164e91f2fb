# what: нет оси каналов: (B, H, W) вместо (B, 1, H, W)
# caught_by: test_normalise
# phrase: нет оси каналов


class Normalise:
    def __init__(self, images):
        self.mean = images.double().mean().item()
        self.std = images.double().std().item()

    def __call__(self, images):
        return (images.float() - self.mean) / self.std
