# what: метки формы (B, 1) вместо (B,)
# caught_by: test_collate
# phrase: формы (B,)
# base: plain


def collate(batch):
    images, labels = zip(*batch, strict=True)
    height = max(image.shape[1] for image in images)
    width = max(image.shape[2] for image in images)
    padded = [functional.pad(image, (0, width - image.shape[2], 0, height - image.shape[1])) for image in images]
    return torch.stack(padded), torch.tensor(labels)[:, None]
