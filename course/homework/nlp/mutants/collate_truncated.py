# what: всё обрезано по самой короткой строке
# caught_by: test_collate
# phrase: обрезано по самому короткому
# base: textbook

import torch


def padded(rows):
    shortest = min(len(row) for row in rows)
    return torch.tensor([row[:shortest] for row in rows])


def collate(pairs):
    source = padded([source for source, _ in pairs])
    target_in = padded([[BOS, *target] for _, target in pairs])
    target_out = padded([[*target, EOS] for _, target in pairs])
    return source, target_in, target_out
