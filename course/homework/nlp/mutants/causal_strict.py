# what: место не видит себя
# caught_by: test_causal_mask
# phrase: не видит само себя
# base: textbook

import torch


def padding_mask(tokens):
    return (tokens != PAD).unsqueeze(1)


def causal_mask(size):
    return torch.ones(size, size, dtype=torch.bool).tril(-1)
