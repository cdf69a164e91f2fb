# what: результат преобразования запомнен: случайность застывает
# caught_by: test_transform
# phrase: результат запомнен
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
        self.transform = transform
        self.cache = {}

    def __getitem__(self, index):
        if index in self.cache:
            return self.cache[index]
        number, label = self.rows[index]
        image = torch.from_numpy(self.images[number]).float()[None] / 255  # (1, H, W)
        if self.transform is not None:
            image = self.transform(image)
        self.cache[index] = image, label
        return image, label
