# what: нули дописаны сверху и слева
# caught_by: test_collate_pads
# phrase: сверху и слева
# base: plain


def collate(batch):
    images, labels = zip(*batch, strict=True)
    height = max(image.shape[1] for image in images)
    width = max(image.shape[2] for image in images)
    padded = [functional.pad(image, (width - image.shape[2], 0, height - image.shape[1], 0)) for image in images]
    return torch.stack(padded), torch.tensor(labels)
