# tries: a partial function over getattr over the module, so that no call names what it calls
# outcome: forbidden
import functools

import torch

take = functools.partial(getattr, torch)


class Layer(torch.nn.Module):
    def forward(self, x):
        return take("re" + "lu")(x)
