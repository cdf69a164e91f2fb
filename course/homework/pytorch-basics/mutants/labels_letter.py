# what: вместо класса возвращена буква
# caught_by: test_items
# phrase: сама буква
# base: plain


class GlyphDataset:
    def __init__(self, root, train=True, transform=None):
        root = Path(root)
        folder = root / ("train" if train else "test")
        with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
            self.rows = [(int(row["image"]), row["letter"]) for row in csv.DictReader(file)]
        self.images = np.load(folder / "images.npy")  # (N, H, W), uint8
        self.transform = transform
