# tries: to reach a forbidden method from TorchScript, whose text no syntax tree shows and no poison reaches
# outcome: forbidden
import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        return torch.jit.CompilationUnit("def f(x: Tensor):\n    return x.relu()\n").f(x)
