# what: softmax до cross_entropy
# caught_by: test_loss
# phrase: softmax взят дважды
# base: textbook

import torch.nn.functional as F


def sequence_loss(logits, target_out):
    each = F.cross_entropy(logits.softmax(-1).transpose(1, 2), target_out, reduction="none")  # (B, T)
    real = (target_out != PAD).to(each.dtype)
    return (each * real).sum() / real.sum()
