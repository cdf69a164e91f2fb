# tries: TorchScript for the kernel of a function that is forbidden by «torch.special.*» and not by its own name
# outcome: forbidden
import importlib

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        scripts = importlib.import_module("torch." + "ji" + "t")
        return scripts.CompilationUnit("def f(x: Tensor):\n    return torch.ops.aten.special_log_ndtr(x)\n").f(x)
