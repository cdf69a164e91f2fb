# what: пады обнулены, а поделено на все места
# caught_by: test_loss
# phrase: поделено на число всех мест
# base: textbook

import torch.nn.functional as F


def sequence_loss(logits, target_out):
    each = F.cross_entropy(logits.transpose(1, 2), target_out, reduction="none")  # (B, T)
    real = (target_out != PAD).to(each.dtype)
    return (each * real).mean()
