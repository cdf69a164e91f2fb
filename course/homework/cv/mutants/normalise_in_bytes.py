# what: среднее вычтено из uint8: вместо отрицательных чисел — большие
# caught_by: test_normalise
# phrase: отрицательных чисел нет
# base: tensors


class Normalise:
    def __init__(self, images):
        self.mean, self.std = int(images.float().mean()), images.float().std()

    def __call__(self, images):
        return ((images - self.mean) / self.std)[:, None]
