# tries: to have a part of the library that calls whatever it is given call a kernel of torch.ops
# outcome: forbidden
import operator

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        kernel = operator.attrgetter("o" + "ps.aten.maximum")(torch)
        return torch.func.vjp(kernel, x, torch.zeros_like(x))[0]
