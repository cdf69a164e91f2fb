"""Решение второе: всё читается при создании, сети собраны по слоям, батч заполняется по картинке, без Sequential."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import torch


def read_lines(*path):
    return Path(*path).read_text("utf-8").splitlines()


class GlyphDataset:
    """Не наследник Dataset: DataLoader хватает __len__ и __getitem__."""

    def __init__(self, root, train=True, transform=None):
        part = "train" if train else "test"
        alphabet = read_lines(root, "alphabet.txt")
        pixels = torch.tensor(np.load(Path(root, part, "images.npy")), dtype=torch.float32)
        table = [line.split(",") for line in read_lines(root, part, "labels.csv")[1:]]
        order = torch.tensor([int(number) for number, _ in table])
        self.images = pixels.index_select(0, order).unsqueeze(1).div(255.0)
        self.labels = [alphabet.index(letter) for _, letter in table]
        self.transform = transform or (lambda image: image)

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self.transform(self.images[index].clone()), self.labels[index]


def collate(batch):
    sizes = [image.shape for image, _ in batch]
    channels, height, width = (max(size[axis] for size in sizes) for axis in range(3))
    x = batch[0][0].new_zeros(len(batch), channels, height, width)
    y = torch.empty(len(batch), dtype=torch.long)
    for row, (image, label) in enumerate(batch):
        x[row, :, : image.shape[1], : image.shape[2]] = image
        y[row] = label
    return x, y


class CustomMLP(torch.nn.Module):
    def __init__(self, inputs, hidden, classes):
        super().__init__()
        widths = [inputs, *hidden, classes]
        self.layers = torch.nn.ModuleList(torch.nn.Linear(a, b) for a, b in pairwise(widths))

    def forward(self, x):
        x = x.reshape(x.shape[0], -1)
        *inner, last = self.layers
        for layer in inner:
            x = layer(x).clamp(min=0)
        return last(x)


class CustomCNN(torch.nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        self.out = torch.nn.Linear(channels[-1], classes)
        for number, outputs in enumerate(channels):
            inputs = channels[number - 1] if number else 1
            self.add_module(f"conv{number}", torch.nn.Conv2d(inputs, outputs, kernel_size=3, padding="same"))
        self.count = len(channels)

    def forward(self, x):
        for number in range(self.count):
            x = getattr(self, f"conv{number}")(x)
            x = torch.max_pool2d(x, kernel_size=2).relu()
        return self.out(torch.einsum("nchw->nc", x) / (x.size(2) * x.size(3)))


class ResBlock(torch.nn.Module):
    def __init__(self, c, hidden):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(c, hidden, 3, 1, 1, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(hidden)
        self.conv2 = torch.nn.Conv2d(hidden, c, 3, 1, 1, bias=False)
        self.bn2 = torch.nn.BatchNorm2d(c)

    def forward(self, x):
        y = self.bn1(self.conv1(x)).relu_()
        y = self.bn2(self.conv2(y))
        y += x
        return y.relu_()


class CustomResNet(torch.nn.Module):
    def __init__(self, c, hidden, blocks, classes):
        super().__init__()
        self.stem = torch.nn.Conv2d(1, c, 3, padding=1, bias=False)
        self.norm = torch.nn.BatchNorm2d(c)
        self.blocks = torch.nn.ModuleList()
        for _ in range(blocks):
            self.blocks.append(ResBlock(c, hidden))
        self.out = torch.nn.Linear(c, classes)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.norm(self.stem(x))), 2)
        for block in self.blocks:
            x = block(x)
        return self.out(x.flatten(2).mean(-1))


class Trainer:
    def __init__(self, model, optimizer, scheduler=None):
        self.parts = {"model": model, "optimizer": optimizer}
        if scheduler:
            self.parts["scheduler"] = scheduler
        self.history = []

    @property
    def epoch(self):
        return len(self.history)

    def loss(self, x, y):
        logits = self.parts["model"](x)
        log_p = logits - torch.logsumexp(logits, dim=1, keepdim=True)
        return -log_p[torch.arange(len(y)), y], logits.argmax(1) == y

    def train_epoch(self, loader):
        model, optimizer = self.parts["model"], self.parts["optimizer"]
        model.train()
        losses = []
        for x, y in loader:
            each, _ = self.loss(x, y)
            model.zero_grad()
            each.mean().backward()
            optimizer.step()
            losses.extend(each.tolist())
        return sum(losses) / len(losses)

    def evaluate(self, loader):
        model = self.parts["model"]
        mode = model.training
        try:
            model.eval()
            with torch.inference_mode():
                answers = [self.loss(x, y) for x, y in loader]
        finally:
            model.train(mode)
        losses = torch.cat([each for each, _ in answers])
        right = torch.cat([hits for _, hits in answers]).to(torch.float64)
        return {"loss": losses.mean().item(), "accuracy": right.mean().item()}

    def fit(self, train_loader, val_loader, epochs):
        for epoch in range(self.epoch + 1, epochs + 1):
            record = {"epoch": epoch, "lr": self.parts["optimizer"].param_groups[0]["lr"]}
            record["train_loss"] = self.train_epoch(train_loader)
            for key, value in self.evaluate(val_loader).items():
                record["val_" + key] = value
            self.history.append(record)
            if "scheduler" in self.parts:
                self.parts["scheduler"].step()
        return self.history

    def save(self, path):
        states = {name: part.state_dict() for name, part in self.parts.items()}
        torch.save([states, self.history, torch.random.get_rng_state()], path)

    def load(self, path):
        states, history, randomness = torch.load(path, weights_only=True)
        for name, part in self.parts.items():
            part.load_state_dict(states[name])
        self.history = list(history)
        torch.random.set_rng_state(randomness)
