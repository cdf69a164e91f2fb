# tries: to inherit from the forbidden class, found by a name put together, with a method kept from its base
# outcome: forbidden
import torch

Base = getattr(torch.nn, "Re" + "LU")


class Layer(Base):
    def __init__(self):
        torch.nn.Module.__init__(self)
        self.inplace = False

    def forward(self, x):
        return super().forward(x)
