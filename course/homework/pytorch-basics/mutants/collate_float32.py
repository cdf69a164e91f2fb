# what: тип картинок не сохраняется: всегда float32
# caught_by: test_collate_pads
# phrase: тип самих картинок
# base: plain


def collate(batch):
    images, labels = zip(*batch, strict=True)
    height = max(image.shape[1] for image in images)
    width = max(image.shape[2] for image in images)
    padded = [functional.pad(image, (0, width - image.shape[2], 0, height - image.shape[1])) for image in images]
    return torch.stack(padded).float(), torch.tensor(labels)
