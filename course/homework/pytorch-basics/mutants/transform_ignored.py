# what: преобразование не применяется
# caught_by: test_transform
# phrase: преобразование не применено
# base: plain


class GlyphDataset:
    def __getitem__(self, index):
        number, label = self.rows[index]
        image = torch.from_numpy(self.images[number]).float()[None] / 255  # (1, H, W)
        return image, label
