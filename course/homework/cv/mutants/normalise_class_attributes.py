# what: среднее и отклонение лежат в классе: следующий Normalise подменяет их у всех
# caught_by: test_normalise, test_normalise_new_images
# phrase: храните в self
# base: tensors


class Normalise:
    def __init__(self, images):
        Normalise.mean = images.double().mean().item()
        Normalise.std = images.double().std().item()

    def __call__(self, images):
        return (images[:, None].float() - Normalise.mean) / Normalise.std
