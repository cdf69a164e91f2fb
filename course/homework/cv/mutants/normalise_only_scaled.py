# what: байты поделены на 255, и только
# caught_by: test_normalise
# phrase: поделены на 255


class Normalise:
    def __init__(self, images):
        self.mean = images.double().mean().item()
        self.std = images.double().std().item()

    def __call__(self, images):
        return (images.float() / 255)[:, None]
