"""A submission with nothing wrong in it."""

import torch


class MySigmoid(torch.nn.Module):
    def forward(self, x):
        return 1 / (1 + torch.exp(-x))
