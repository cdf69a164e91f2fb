# what: пады входят в потери
# caught_by: test_loss
# phrase: в потери попали пады

import torch.nn.functional as F


def sequence_loss(logits, target_out):
    return F.cross_entropy(logits.flatten(0, 1), target_out.flatten())
