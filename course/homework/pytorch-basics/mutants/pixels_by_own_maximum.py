# what: картинка поделена на свой наибольший пиксель
# caught_by: test_items
# phrase: на свой наибольший пиксель
# base: plain


class GlyphDataset:
    def __getitem__(self, index):
        number, label = self.rows[index]
        image = torch.from_numpy(self.images[number]).float()[None]  # (1, H, W)
        image = image / image.max()
        if self.transform is not None:
            image = self.transform(image)
        return image, label
