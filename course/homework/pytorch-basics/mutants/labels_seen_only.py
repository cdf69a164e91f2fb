# what: пронумерованы только буквы, которые встретились в этой части
# caught_by: test_parts
# phrase: только буквы этой части
# base: plain

import csv
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import Dataset


class GlyphDataset(Dataset):
    def __init__(self, root, train=True, transform=None):
        root = Path(root)
        folder = root / ("train" if train else "test")
        with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        classes = {letter: number for number, letter in enumerate(sorted({row["letter"] for row in rows}))}
        self.rows = [(int(row["image"]), classes[row["letter"]]) for row in rows]
        self.images = np.load(folder / "images.npy")  # (N, H, W), uint8
        self.transform = transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        number, label = self.rows[index]
        image = torch.from_numpy(self.images[number]).float()[None] / 255  # (1, H, W)
        if self.transform is not None:
            image = self.transform(image)
        return image, label
