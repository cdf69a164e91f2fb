# what: вместе с PAD закрыты BOS и EOS
# caught_by: test_padding_mask
# phrase: закрыты BOS и EOS

import torch

PAD, BOS, EOS = 0, 1, 2


def padding_mask(tokens):
    return (tokens > EOS).unsqueeze(1)


def causal_mask(size):
    return torch.ones(size, size, dtype=torch.bool).tril()
