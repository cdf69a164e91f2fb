# what: pad_sequence без batch_first: время по строкам
# caught_by: test_collate
# phrase: оси перепутаны
# base: textbook

import torch
from torch.nn.utils.rnn import pad_sequence


def padded(rows):
    return pad_sequence([torch.tensor(row, dtype=torch.int64) for row in rows], padding_value=PAD)


def collate(pairs):
    source = padded([source for source, _ in pairs])
    target_in = padded([[BOS, *target] for _, target in pairs])
    target_out = padded([[*target, EOS] for _, target in pairs])
    return source, target_in, target_out
