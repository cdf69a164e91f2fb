# what: ответ float64: свёртка с весами float32 его не примет
# caught_by: test_normalise
# phrase: другого типа не примет


class Normalise:
    def __init__(self, images):
        self.mean = images.double().mean().item()
        self.std = images.double().std().item()

    def __call__(self, images):
        return ((images.double() - self.mean) / self.std)[:, None]
