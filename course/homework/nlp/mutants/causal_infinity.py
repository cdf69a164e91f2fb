# what: таблица из 0 и −∞ вместо bool
# caught_by: test_causal_mask
# phrase: вместо bool
# base: textbook

import math

import torch


def padding_mask(tokens):
    return (tokens != PAD).unsqueeze(1)


def causal_mask(size):
    return torch.full((size, size), -math.inf).triu(1)
