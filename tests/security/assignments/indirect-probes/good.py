"""A submission with nothing wrong in it."""

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        return x.clamp(min=0)
