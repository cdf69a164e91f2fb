# what: torch.Tensor(row): номера стали float32
# caught_by: test_collate
# phrase: тип float32 вместо int64
# base: textbook

import torch
from torch.nn.utils.rnn import pad_sequence


def padded(rows):
    return pad_sequence([torch.Tensor(row) for row in rows], batch_first=True, padding_value=PAD)


def collate(pairs):
    source = padded([source for source, _ in pairs])
    target_in = padded([[BOS, *target] for _, target in pairs])
    target_out = padded([[*target, EOS] for _, target in pairs])
    return source, target_in, target_out
