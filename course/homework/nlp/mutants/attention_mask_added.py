# what: маска прибавлена как число
# caught_by: test_attention_mask
# phrase: маска прибавлена как число

import math


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    weights = scores.softmax(dim=-1)
    if mask is not None:
        pass
    return weights @ v, weights
