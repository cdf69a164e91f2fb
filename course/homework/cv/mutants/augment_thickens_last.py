# what: сначала сдвиг, потом утолщение
# caught_by: test_augment
# phrase: порядок обратный
# base: tensors


def augment(images, generator):
    count = len(images)
    bold = torch.rand(count, generator=generator) < 0.5
    dy, dx = torch.randint(-2, 3, (2, count), generator=generator)
    images = shift(images, dy, dx)
    return torch.where(bold[:, None, None], thicken(images), images)
