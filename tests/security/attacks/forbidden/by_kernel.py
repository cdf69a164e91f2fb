# tries: to fetch the kernel of a forbidden operation from the library of operations
# outcome: forbidden
import torch
from torch import library


class Layer(torch.nn.Module):
    def forward(self, x):
        return library.get_kernel("aten::relu", "CPU").call_boxed(0, x)
