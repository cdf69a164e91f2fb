# tries: torch's second implementations under a name that nobody has forbidden: the way back of a leaky ReLU is one, too
# outcome: forbidden
import importlib

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        doubles = importlib.import_module("torch._de" + "comp.decompositions")
        return doubles.leaky_relu_backward(x, x, 0.0, False)
