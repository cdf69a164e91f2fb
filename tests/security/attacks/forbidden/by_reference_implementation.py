# tries: the second implementation of every function that torch carries with it, in Python
# outcome: forbidden
import importlib

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        references = importlib.import_module("torch._re" + "fs.nn.functional")
        return getattr(references, "re" + "lu")(x)
