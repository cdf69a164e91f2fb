# what: таблица и алфавит читаются заново при каждом обращении
# caught_by: test_access
# phrase: таблица читается заново
# base: plain


class GlyphDataset(Dataset):
    def __init__(self, root, train=True, transform=None):
        self.root, self.folder = Path(root), Path(root, "train" if train else "test")
        self.transform = transform

    def rows(self):
        return (self.folder / "labels.csv").read_text(encoding="utf-8").split()[1:]

    def __len__(self):
        return len(self.rows())

    def __getitem__(self, index):
        number, letter = self.rows()[index].split(",")
        alphabet = (self.root / "alphabet.txt").read_text(encoding="utf-8").split()
        image = torch.from_numpy(np.load(self.folder / "images.npy")[int(number)]).float()[None] / 255
        return (self.transform(image) if self.transform else image), alphabet.index(letter)
