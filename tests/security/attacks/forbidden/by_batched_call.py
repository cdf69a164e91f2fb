# tries: to reach the kernel from a batched call, which runs operators of its own
# outcome: forbidden
import operator

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        return torch.vmap(operator.methodcaller("re" + "lu"))(x)
