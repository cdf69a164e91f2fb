# what: key и value не используются: внимание всегда на query
# caught_by: test_heads_weights
# phrase: смотрит на сам query

import math

import torch
from torch import nn


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(dim=-1)
    if mask is not None:
        weights = weights.masked_fill(~mask, 0.0)
    return weights @ v, weights


class MultiHeadAttention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        if dim % heads:
            raise ValueError("dim должно делиться на heads")
        self.heads = heads
        self.query = nn.Linear(dim, dim)
        self.key = nn.Linear(dim, dim)
        self.value = nn.Linear(dim, dim)
        self.output = nn.Linear(dim, dim)

    def split(self, x):
        rows, length, dim = x.shape
        return x.view(rows, length, self.heads, dim // self.heads).transpose(1, 2)

    def forward(self, query, key, value, mask=None):
        if mask is not None:
            mask = mask.unsqueeze(-3)
        q, k, v = self.split(self.query(query)), self.split(self.key(query)), self.split(self.value(query))
        out, weights = attention(q, k, v, mask)
        out = out.transpose(1, 2).flatten(2)
        return self.output(out), weights
