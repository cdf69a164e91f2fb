# what: все картинки обрезаны до размера первой
# caught_by: test_collate_pads
# phrase: дополните нулями
# base: plain


def collate(batch):
    images, labels = zip(*batch, strict=True)
    height, width = images[0].shape[1:]
    x = torch.zeros(len(images), images[0].shape[0], height, width, dtype=images[0].dtype)
    for row, image in enumerate(images):
        part = image[:, :height, :width]
        x[row, :, : part.shape[1], : part.shape[2]] = part
    return x, torch.tensor(labels)
