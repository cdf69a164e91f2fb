# what: строка, где запрещено всё: softmax от −∞ даёт NaN
# caught_by: test_attention_nothing_to_see
# phrase: NaN в весах

import math


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)
    if mask is not None:
        pass
    return weights @ v, weights
