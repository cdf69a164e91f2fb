# tries: to load the modules once more in their own place
# outcome: forbidden
import importlib

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        activation = importlib.reload(torch.nn.modules.activation)
        return getattr(activation, "Re" + "LU")()(x)
