# tries: to load a second copy of torch's module of functions, which nobody has poisoned
# outcome: forbidden|error
import importlib.util

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        spec = importlib.util.find_spec("torch.nn.functional")
        fresh = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(fresh)
        return getattr(fresh, "re" + "lu")(x)
