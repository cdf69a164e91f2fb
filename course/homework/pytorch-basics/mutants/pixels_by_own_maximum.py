# what: картинка поделена на свой наибольший пиксель
# caught_by: test_items
# phrase: на свой наибольший пиксель
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
        alphabet = (root / "alphabet.txt").read_text(encoding="utf-8").split()
        classes = {letter: number for number, letter in enumerate(alphabet)}
        with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
            self.rows = [(int(row["image"]), classes[row["letter"]]) for row in csv.DictReader(file)]
        self.images = np.load(folder / "images.npy")  # (N, H, W), uint8
        self.transform = transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        number, label = self.rows[index]
        image = torch.from_numpy(self.images[number]).float()[None]  # (1, H, W)
        image = image / image.max()
        if self.transform is not None:
            image = self.transform(image)
        return image, label
