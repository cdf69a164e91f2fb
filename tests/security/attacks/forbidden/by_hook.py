# tries: to have a module of the library call it as a hook
# outcome: forbidden
import operator

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        layer = torch.nn.Identity()
        layer.register_forward_hook(lambda *given: operator.methodcaller("re" + "lu")(given[-1]))
        return layer(x)
