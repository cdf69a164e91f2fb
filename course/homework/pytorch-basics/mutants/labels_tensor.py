# what: метка — тензор, а не число
# caught_by: test_items
# phrase: не целое число
# base: plain
# replace: image, label -> image, torch.tensor(label)
