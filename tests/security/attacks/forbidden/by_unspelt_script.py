# tries: TorchScript again, with no word in the text that leads to it
# outcome: forbidden
import importlib

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        scripts = importlib.import_module("torch." + "ji" + "t")
        return scripts.CompilationUnit("def f(x: Tensor):\n    return x.re" + "lu()\n").f(x)
