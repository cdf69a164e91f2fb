# what: картинка с номером строки, столбец image не прочитан
# caught_by: test_items
# phrase: номером строки
# base: plain


class GlyphDataset:
    def __getitem__(self, index):
        _, label = self.rows[index]
        number = range(len(self.rows))[index]
        image = torch.from_numpy(self.images[number]).float()[None] / 255  # (1, H, W)
        if self.transform is not None:
            image = self.transform(image)
        return image, label
