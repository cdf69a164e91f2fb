# what: потери оторваны от графа
# caught_by: test_loss_gradient
# phrase: не доходит
# base: textbook

import torch
import torch.nn.functional as F


def sequence_loss(logits, target_out):
    each = F.cross_entropy(logits.transpose(1, 2), target_out, reduction="none")  # (B, T)
    real = (target_out != PAD).to(each.dtype)
    return torch.tensor(((each * real).sum() / real.sum()).item(), dtype=logits.dtype)
