# tries: to go round everything that belongs to automatic differentiation
# outcome: forbidden
import importlib

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        functions = importlib.import_module("torch._" + "VF")
        with torch.inference_mode():
            return getattr(functions, "re" + "lu")(x.clone()).clone()
