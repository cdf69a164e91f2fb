# what: среднее и отклонение считаются заново по новым картинкам
# caught_by: test_normalise_new_images
# phrase: посчитаны по этим картинкам


class Normalise:
    def __init__(self, images):
        pass

    def __call__(self, images):
        x = images.float()
        return ((x - x.mean()) / x.std())[:, None]
