# tries: to enter torch's dispatcher below all that may have been put above the kernel
# outcome: forbidden
import importlib

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        c = importlib.import_module("torch._" + "C")
        operator = getattr(getattr(torch, "o" + "ps").aten, "re" + "lu").default
        return operator.redispatch(c.DispatchKeySet(c.DispatchKey.CPU), x)
