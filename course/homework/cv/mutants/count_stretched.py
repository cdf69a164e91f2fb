# what: вырезанная буква растянута на всю картинку
# caught_by: test_count_letters
# phrase: растягивать её не нужно
# base: tensors

import torch
from torch.nn import functional as F


def count_letters(reader, page):
    crops = []
    for top, left, bottom, right in find_letters(page):
        crop = page[top:bottom, left:right][None, None].float()
        crops.append(F.interpolate(crop, (32, 28), mode="bilinear")[0, 0].to(torch.uint8))
    found = {}
    for letter in reader.read(torch.stack(crops)) if crops else "":
        found[letter] = found.get(letter, 0) + 1
    return found
