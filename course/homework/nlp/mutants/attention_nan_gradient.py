# what: −∞ прибавлены к оценкам, NaN убраны после softmax: значение верно, градиент — NaN
# caught_by: test_attention_gradient
# phrase: NaN

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + torch.zeros_like(scores).masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)
    if mask is not None:
        weights = torch.where(mask.any(-1, keepdim=True), weights, 0.0)
    return weights @ v, weights
