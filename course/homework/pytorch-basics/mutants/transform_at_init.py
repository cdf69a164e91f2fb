# what: преобразование применено один раз, при создании
# caught_by: test_transform
# phrase: при создании датасета
# base: plain


class GlyphDataset:
    def __init__(self, root, train=True, transform=None):
        root = Path(root)
        folder = root / ("train" if train else "test")
        alphabet = (root / "alphabet.txt").read_text(encoding="utf-8").split()
        classes = {letter: number for number, letter in enumerate(alphabet)}
        with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
            self.rows = [(int(row["image"]), classes[row["letter"]]) for row in csv.DictReader(file)]
        self.images = np.load(folder / "images.npy")  # (N, H, W), uint8
        self.items = []
        for number, label in self.rows:
            image = torch.from_numpy(self.images[number]).float()[None] / 255  # (1, H, W)
            self.items.append((image if transform is None else transform(image), label))

    def __getitem__(self, index):
        return self.items[index]
