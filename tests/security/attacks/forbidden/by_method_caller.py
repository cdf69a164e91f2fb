# tries: to have the standard library call a method by its name
# outcome: forbidden
import operator

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        return next(map(operator.methodcaller("".join(("re", "lu"))), [x]))
