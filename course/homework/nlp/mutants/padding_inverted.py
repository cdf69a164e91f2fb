# what: маска падов наоборот, как у nn.MultiheadAttention
# caught_by: test_padding_mask
# phrase: маска понята наоборот

import torch

PAD, BOS, EOS = 0, 1, 2


def padding_mask(tokens):
    return (tokens == PAD).unsqueeze(1)


def causal_mask(size):
    return torch.ones(size, size, dtype=torch.bool).tril()
