# what: маска перевёрнута, когда запросов столько же, сколько ключей
# caught_by: test_attention_mask
# phrase: запросов столько же
# base: textbook

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is None:
        weights = scores.softmax(dim=-1)
    else:
        blocked = ~mask.expand(scores.shape)
        if scores.shape[-1] == scores.shape[-2]:
            blocked = blocked.transpose(-2, -1)
        weights = scores.masked_fill(blocked, torch.finfo(scores.dtype).min).softmax(dim=-1).masked_fill(blocked, 0)
    return weights @ v, weights
