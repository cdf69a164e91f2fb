# what: вместе с падами выброшен EOS
# caught_by: test_loss
# phrase: EOS выброшен из потерь
# base: textbook

import torch.nn.functional as F


def sequence_loss(logits, target_out):
    each = F.cross_entropy(logits.transpose(1, 2), target_out, reduction="none")  # (B, T)
    real = (target_out > EOS).to(each.dtype)
    return (each * real).sum() / real.sum()
