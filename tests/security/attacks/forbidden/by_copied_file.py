# tries: to load a copy of the library's file under another name
# outcome: forbidden|error
import importlib.util

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        spec = importlib.util.spec_from_file_location("mine", torch.nn.modules.activation.__file__)
        module = importlib.util.module_from_spec(spec)
        module.__package__ = "torch.nn.modules"
        spec.loader.exec_module(module)
        return getattr(module, "Re" + "LU")()(x)
