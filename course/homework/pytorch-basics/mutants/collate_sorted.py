# what: картинки отсортированы по размеру, а метки — нет
# caught_by: test_collate_pads
# phrase: не в том порядке
# base: plain


def collate(batch):
    images, labels = zip(*batch, strict=True)
    height = max(image.shape[1] for image in images)
    width = max(image.shape[2] for image in images)
    padded = [functional.pad(image, (0, width - image.shape[2], 0, height - image.shape[1])) for image in images]
    padded = [one for _, one in sorted(zip(images, padded, strict=True), key=lambda pair: -pair[0].numel())]
    return torch.stack(padded), torch.tensor(labels)
