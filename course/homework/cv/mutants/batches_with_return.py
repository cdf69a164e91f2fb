# what: картинки выбираются с возвращением: одни повторяются, других нет
# caught_by: test_batches
# phrase: один раз за эпоху

import torch


def batches(images, labels, size, generator):
    for rows in torch.randint(len(images), (len(images),), generator=generator).split(size):
        yield images[rows], labels[rows]
