# what: маска падов (B, S), без оси запросов
# caught_by: test_padding_mask
# phrase: нет оси запросов

import torch

PAD, BOS, EOS = 0, 1, 2


def padding_mask(tokens):
    return tokens != PAD


def causal_mask(size):
    return torch.ones(size, size, dtype=torch.bool).tril()
