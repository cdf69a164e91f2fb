"""Решение на одних тензорах: индексы, свёртки, проекции."""

import torch
from torch import nn
from torch.nn import functional as F


def class_map(labels):
    return {letter: number for number, letter in enumerate(sorted(set(labels)))}


class Normalise:
    def __init__(self, images):
        self.mean = images.double().mean().item()
        self.std = images.double().std().item()

    def __call__(self, images):
        return ((images.float() - self.mean) / self.std)[:, None]


def shift(images, dy, dx):
    count, height, width = images.shape
    rows = torch.arange(height) - dy[:, None]  # (B, H): откуда взять каждую строку
    columns = torch.arange(width) - dx[:, None]
    inside = ((rows >= 0) & (rows < height))[:, :, None] & ((columns >= 0) & (columns < width))[:, None, :]
    rows, columns = rows.clamp(0, height - 1), columns.clamp(0, width - 1)
    moved = images[torch.arange(count)[:, None, None], rows[:, :, None], columns[:, None, :]]
    return torch.where(inside, moved, torch.zeros_like(moved))


def thicken(images):
    return F.max_pool2d(images[:, None].float(), 3, stride=1, padding=1)[:, 0].to(images.dtype)


def augment(images, generator):
    count = len(images)
    bold = torch.rand(count, generator=generator) < 0.5
    images = torch.where(bold[:, None, None], thicken(images), images)
    dy, dx = torch.randint(-2, 3, (2, count), generator=generator)
    return shift(images, dy, dx)


def batches(images, labels, size, generator):
    for rows in torch.randperm(len(images), generator=generator).split(size):
        yield images[rows], labels[rows]


class LetterNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        blocks = []
        for inputs, outputs, kernel, stride in ((1, 16, 5, 2), (16, 32, 3, 2), (32, 48, 3, 1), (48, 48, 3, 1)):
            blocks.append(nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=kernel // 2, bias=False))
            blocks += [nn.BatchNorm2d(outputs), nn.ReLU()]
        self.blocks = nn.Sequential(*blocks)
        self.head = nn.Linear(48, classes)

    def features(self, x):
        return self.blocks(x)  # (B, 48, H / 4, W / 4)

    def forward(self, x):
        return self.head(self.features(x).mean((2, 3)))


def training_step(model, optimizer, x, y):
    model.train()
    optimizer.zero_grad()
    loss = F.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


class Reader:
    def __init__(self, images, labels, epochs=10, distort=augment):
        numbers = class_map(labels)
        self.letters = list(numbers)
        self.normalise = Normalise(images)
        self.model = LetterNet(len(numbers))
        y = torch.tensor([numbers[letter] for letter in labels])
        generator = torch.Generator().manual_seed(int(torch.randint(2**31, ())))
        optimizer = torch.optim.AdamW(self.model.parameters(), weight_decay=1e-2)
        steps = epochs * -(-len(images) // 64)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=steps + 1)
        for _ in range(epochs):
            for batch, target in batches(images, y, 64, generator):
                training_step(self.model, optimizer, self.normalise(distort(batch, generator)), target)
                schedule.step()
        self.model.eval()

    def scores(self, images):
        self.model.eval()
        with torch.no_grad():
            return self.model(self.normalise(images))

    def read(self, images):
        return "".join(self.letters[number] for number in self.scores(images).argmax(1).tolist())


def runs(mask):
    """Отрезки подряд идущих True: список пар (начало, конец)."""
    edges = torch.diff(F.pad(mask.int(), (1, 1))).nonzero().flatten().tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def find_letters(page):
    ink = (page > 0.4 * page.float().quantile(0.995)).float()
    around = F.avg_pool2d(ink[None, None], 5, stride=1, padding=2)[0, 0] * 25
    ink = (ink > 0) & (around > 4.5)  # в окне 5 × 5 у крошки не больше четырёх точек
    boxes = []
    for top, bottom in runs(ink.sum(1) > 1):
        if bottom - top > 8:
            boxes += _line(ink[top:bottom], top)
    return boxes


def _line(ink, top):
    pieces = []
    for left, right in runs(ink.any(0)):
        if pieces and right - left < 7 and left - pieces[-1][1] < 5 and ink[:, left:right].sum() > 14:
            pieces[-1][1] = right  # вторая половина «Ы»
        elif right - left >= 7:
            pieces.append([left, right])
    boxes = []
    for left, right in pieces:
        for a, b in _split(ink[:, left:right]):
            rows = ink[:, left + a : left + b].any(1).nonzero()
            boxes.append((top + int(rows.min()), left + a, top + int(rows.max()) + 1, left + b))
    return boxes


def _split(piece):
    width = piece.shape[1]
    if width < 19:
        return [(0, width)]
    middle = width // 2
    near = range(middle - 3, middle + 4)
    cut = min(near, key=lambda column: (int(piece[:, column].sum()), abs(column - middle)))
    return [(0, cut), (cut, width)]


def count_letters(reader, page):
    crops = []
    for top, left, bottom, right in find_letters(page):
        crop = page[top:bottom, left:right][:32, :28]
        up, aside = (32 - crop.shape[0]) // 2, (28 - crop.shape[1]) // 2
        crops.append(F.pad(crop, (aside, 28 - aside - crop.shape[1], up, 32 - up - crop.shape[0])))
    found = {}
    for letter in reader.read(torch.stack(crops)) if crops else "":
        found[letter] = found.get(letter, 0) + 1
    return found


def cam(model, x, classes):
    return torch.einsum("nc,nchw->nhw", model.head.weight[classes], model.features(x))
