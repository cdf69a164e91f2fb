"""Решение через связные области scipy, DataLoader и сеть с шагом вместо pool."""

from collections import Counter

import numpy as np
import torch
from scipy import ndimage
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

HEIGHT, WIDTH = 32, 28


def class_map(labels):
    numbers = {}
    for letter in sorted(labels):
        numbers.setdefault(letter, len(numbers))
    return numbers


class Normalise(nn.Module):
    def __init__(self, images):
        super().__init__()
        pixels = images.to(torch.float32) / 255
        self.register_buffer("mean", pixels.mean())
        self.register_buffer("std", pixels.std(correction=0))

    def forward(self, images):
        return (images.unsqueeze(1) / 255 - self.mean) / self.std


def moved(image, down, right):
    canvas = np.zeros_like(image)
    height, width = image.shape
    if abs(down) < height and abs(right) < width:
        kept = image[max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)]
        top, left = max(0, down), max(0, right)
        canvas[top : top + kept.shape[0], left : left + kept.shape[1]] = kept
    return canvas


def shift(images, dy, dx):
    shifts = zip(images.numpy(), dy.tolist(), dx.tolist(), strict=True)
    return torch.from_numpy(np.stack([moved(image, down, right) for image, down, right in shifts]))


def thicken(images):
    return torch.from_numpy(ndimage.maximum_filter(images.numpy(), size=(1, 3, 3), mode="constant"))


def augment(images, generator):
    result = images.clone()
    chosen = torch.randint(2, (len(images),), generator=generator).bool()
    if chosen.any():
        result[chosen] = thicken(images[chosen])
    steps = torch.randint(25, (len(images),), generator=generator)
    return shift(result, steps // 5 - 2, steps % 5 - 2)


def batches(images, labels, size, generator):
    return DataLoader(TensorDataset(images, labels), batch_size=size, shuffle=True, generator=generator)


class Block(nn.Module):
    def __init__(self, inputs, outputs, size, stride):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, size, stride=stride, padding=size // 2, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x)))


class LetterNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.stem = Block(1, 20, 5, 2)
        self.down = Block(20, 48, 3, 2)
        self.last = nn.Sequential(Block(48, 48, 3, 1), Block(48, 64, 3, 1))
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(64, classes)

    def features(self, x):
        x = self.down(self.stem(x))
        return self.last(x)

    def forward(self, x):
        return self.head(self.pool(self.features(x)).flatten(1))


def training_step(model, optimizer, x, y):
    model.train(True)
    logits = model(x)
    loss = -logits.log_softmax(1).gather(1, y[:, None]).mean()
    optimizer.zero_grad(set_to_none=False)
    loss.backward()
    optimizer.step()
    return loss.detach().item()


class Reader:
    EPOCHS, BATCH = 8, 32

    def __init__(self, images, labels, epochs=EPOCHS, distort=augment):
        self.numbers = class_map(labels)
        self.letters = "".join(self.numbers)
        self.normalise = Normalise(images)
        self.model = LetterNet(len(self.numbers))
        targets = torch.tensor([self.numbers[name] for name in labels])
        optimizer = torch.optim.SGD(self.model.parameters(), lr=0.15, momentum=0.9, nesterov=True, weight_decay=5e-4)
        generator = torch.Generator()
        generator.manual_seed(torch.initial_seed() % 2**40)
        for epoch in range(epochs):
            for group in optimizer.param_groups:
                group["lr"] = 0.15 * (1 + np.cos(np.pi * epoch / epochs)) / 2
            for some, y in batches(images, targets, self.BATCH, generator):
                training_step(self.model, optimizer, self.normalise(distort(some, generator)), y)
        self.model.eval()

    @torch.inference_mode()
    def scores(self, images):
        return torch.cat([self.model(self.normalise(part)) for part in images.split(256)]).clone()

    def read(self, images):
        return "".join(self.letters[place] for place in self.scores(images).argmax(dim=1))


def find_letters(page):
    pixels = page.numpy().astype(float)
    level = np.percentile(pixels, 99) * 0.4
    regions, count = ndimage.label(pixels > level, structure=np.ones((3, 3)))
    sizes = ndimage.sum_labels(np.ones_like(pixels), regions, range(1, count + 1))
    slices = ndimage.find_objects(regions)
    boxes = [
        [rows.start, columns.start, rows.stop, columns.stop]
        for (rows, columns), size in zip(slices, sizes, strict=True)
        if size > 8
    ]
    clean = np.isin(regions, [place + 1 for place in range(count) if sizes[place] > 8])
    return [box for whole in joined(sorted(boxes, key=lambda box: box[1])) for box in halves(whole, clean)]


def joined(boxes):
    """Узкие обломки приклеены к ближайшему соседу слева в той же строке."""
    done = []
    for box in boxes:
        if box[3] - box[1] < 7:
            near = [o for o in done if o[0] < box[2] and box[0] < o[2] and -3 < box[1] - o[3] < 5]
            if near:
                other = max(near, key=lambda o: o[3])
                other[:] = [min(other[0], box[0]), other[1], max(other[2], box[2]), max(other[3], box[3])]
                continue
        done.append(list(box))
    return [box for box in done if box[3] - box[1] >= 7 and box[2] - box[0] >= 10]


def halves(box, ink):
    top, left, bottom, right = box
    if right - left <= 18:
        return [tuple(box)]
    profile = ink[top:bottom, left:right].sum(0) + 0.5 * np.abs(np.arange(right - left) - (right - left - 1) / 2)
    centre = (right - left) // 2
    cut = left + centre - 4 + int(profile[centre - 4 : centre + 5].argmin())
    result = []
    for start, stop in ((left, cut), (cut, right)):
        rows = np.flatnonzero(ink[top:bottom, start:stop].any(1))
        if len(rows):
            result.append((top + int(rows[0]), start, top + int(rows[-1]) + 1, stop))
    return result


def count_letters(reader, page):
    boxes = find_letters(page)
    if not boxes:
        return {}
    glyphs = torch.zeros(len(boxes), HEIGHT, WIDTH, dtype=torch.uint8)
    for glyph, (top, left, bottom, right) in zip(glyphs, boxes, strict=True):
        cut = page[top : min(bottom, top + HEIGHT), left : min(right, left + WIDTH)]
        y, x = (HEIGHT - cut.shape[0]) // 2, (WIDTH - cut.shape[1]) // 2
        glyph[y : y + cut.shape[0], x : x + cut.shape[1]] = cut
    return Counter(reader.read(glyphs))


@torch.no_grad()
def cam(model, x, classes):
    features = model.features(x)
    maps = [torch.tensordot(model.head.weight[k], f, dims=1) for k, f in zip(classes.tolist(), features, strict=True)]
    return torch.stack(maps)
