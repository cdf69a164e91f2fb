# what: длина — число картинок, а не строк таблицы
# caught_by: test_items
# phrase: картинок в файле может быть больше

import csv
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import Dataset


class GlyphDataset(Dataset):
    def __init__(self, root, train=True, transform=None):
        root = Path(root)
        folder = root / ("train" if train else "test")
        alphabet = (root / "alphabet.txt").read_text(encoding="utf-8").split()
        classes = {letter: number for number, letter in enumerate(alphabet)}
        with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
            self.rows = [(int(row["image"]), classes[row["letter"]]) for row in csv.DictReader(file)]
        self.images = np.load(folder / "images.npy")  # (N, H, W), uint8
        self.transform = transform

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        number, label = self.rows[index]
        image = torch.from_numpy(self.images[number]).float()[None] / 255  # (1, H, W)
        if self.transform is not None:
            image = self.transform(image)
        return image, label


def collate(batch):
    images, labels = zip(*batch, strict=True)
    height = max(image.shape[1] for image in images)
    width = max(image.shape[2] for image in images)
    padded = [functional.pad(image, (0, width - image.shape[2], 0, height - image.shape[1])) for image in images]
    return torch.stack(padded), torch.tensor(labels)


class CustomMLP(nn.Sequential):
    def __init__(self, inputs, hidden, classes):
        layers = [nn.Flatten()]
        for width in hidden:
            layers += [nn.Linear(inputs, width), nn.ReLU()]
            inputs = width
        super().__init__(*layers, nn.Linear(inputs, classes))


class CustomCNN(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        layers, inputs = [], 1
        for outputs in channels:
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
            inputs = outputs
        self.features = nn.Sequential(*layers)
        self.head = nn.Linear(inputs, classes)

    def forward(self, x):
        return self.head(self.features(x).mean(dim=(2, 3)))


class ResBlock(nn.Module):
    def __init__(self, c, hidden):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(c, hidden, 3, padding=1, bias=False),
            nn.BatchNorm2d(hidden),
            nn.ReLU(),
            nn.Conv2d(hidden, c, 3, padding=1, bias=False),
            nn.BatchNorm2d(c),
        )

    def forward(self, x):
        return functional.relu(x + self.branch(x))


class CustomResNet(nn.Sequential):
    def __init__(self, c, hidden, blocks, classes):
        super().__init__(
            nn.Conv2d(1, c, 3, padding=1, bias=False),
            nn.BatchNorm2d(c),
            nn.ReLU(),
            nn.MaxPool2d(2),
            *(ResBlock(c, hidden) for _ in range(blocks)),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(c, classes),
        )


class Trainer:
    def __init__(self, model, optimizer, scheduler=None):
        self.model = model
        self.optimizer = optimizer
        self.scheduler = scheduler
        self.epoch = 0
        self.history = []

    def train_epoch(self, loader):
        self.model.train()
        total, count = 0.0, 0
        for x, y in loader:
            self.optimizer.zero_grad()
            loss = functional.cross_entropy(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(y)
            count += len(y)
        return total / count

    @torch.no_grad()
    def evaluate(self, loader):
        was_training = self.model.training
        self.model.eval()
        loss, right, count = 0.0, 0, 0
        for x, y in loader:
            logits = self.model(x)
            loss += functional.cross_entropy(logits, y, reduction="sum").item()
            right += (logits.argmax(dim=1) == y).sum().item()
            count += len(y)
        self.model.train(was_training)
        return {"loss": loss / count, "accuracy": right / count}

    def fit(self, train_loader, val_loader, epochs):
        while self.epoch < epochs:
            lr = self.optimizer.param_groups[0]["lr"]
            train_loss = self.train_epoch(train_loader)
            val = self.evaluate(val_loader)
            if self.scheduler is not None:
                self.scheduler.step()
            self.epoch += 1
            self.history.append(
                {
                    "epoch": self.epoch,
                    "lr": lr,
                    "train_loss": train_loss,
                    "val_loss": val["loss"],
                    "val_accuracy": val["accuracy"],
                }
            )
        return self.history

    def save(self, path):
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "scheduler": None if self.scheduler is None else self.scheduler.state_dict(),
            "epoch": self.epoch,
            "history": self.history,
            "rng": torch.get_rng_state(),
        }
        torch.save(state, path)

    def load(self, path):
        state = torch.load(path)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        if self.scheduler is not None:
            self.scheduler.load_state_dict(state["scheduler"])
        self.epoch = state["epoch"]
        self.history = state["history"]
        torch.set_rng_state(state["rng"])
