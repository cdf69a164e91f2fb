# what: маска из нулей и единиц, а не bool
# caught_by: test_padding_mask
# phrase: вместо bool

import torch

PAD, BOS, EOS = 0, 1, 2


def padding_mask(tokens):
    return (tokens != PAD).unsqueeze(1).float()


def causal_mask(size):
    return torch.ones(size, size, dtype=torch.bool).tril()
