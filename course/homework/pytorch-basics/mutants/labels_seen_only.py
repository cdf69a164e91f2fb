# what: пронумерованы только буквы, которые встретились в этой части
# caught_by: test_parts
# phrase: только буквы этой части
# base: plain


class GlyphDataset:
    def __init__(self, root, train=True, transform=None):
        root = Path(root)
        folder = root / ("train" if train else "test")
        with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        classes = {letter: number for number, letter in enumerate(sorted({row["letter"] for row in rows}))}
        self.rows = [(int(row["image"]), classes[row["letter"]]) for row in rows]
        self.images = np.load(folder / "images.npy")  # (N, H, W), uint8
        self.transform = transform
