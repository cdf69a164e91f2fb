# what: строка, где запрещено всё: −1e9 и softmax поровну
# caught_by: test_attention_nothing_to_see
# phrase: её веса не нули

import math


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    weights = scores.softmax(dim=-1)
    if mask is not None:
        pass
    return weights @ v, weights
