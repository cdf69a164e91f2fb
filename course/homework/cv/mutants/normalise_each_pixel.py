# what: у каждой точки картинки своё среднее и отклонение
# caught_by: test_normalise
# phrase: mean и std — два числа


class Normalise:
    def __init__(self, images):
        self.mean, self.std = images.float().mean(0), images.float().std(0) + 1

    def __call__(self, images):
        return ((images.float() - self.mean) / self.std)[:, None]
