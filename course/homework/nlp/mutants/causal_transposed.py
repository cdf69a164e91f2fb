# what: triu вместо tril: видно будущее
# caught_by: test_causal_mask
# phrase: видно будущее
# base: textbook

import torch


def padding_mask(tokens):
    return (tokens != PAD).unsqueeze(1)


def causal_mask(size):
    return torch.ones(size, size, dtype=torch.bool).triu()
