# what: reshape вместо transpose: оси логитов перепутаны
# caught_by: test_loss
# phrase: значения не совпали
# base: textbook

import torch.nn.functional as F


def sequence_loss(logits, target_out):
    each = F.cross_entropy(
        logits.reshape(logits.shape[0], logits.shape[2], logits.shape[1]), target_out, reduction="none"
    )  # (B, T)
    real = (target_out != PAD).to(each.dtype)
    return (each * real).sum() / real.sum()
