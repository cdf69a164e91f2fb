# tries: to find a forbidden class among the subclasses of its base and to set it up without its __init__
# outcome: forbidden
import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        found = next(cls for cls in torch.nn.Module.__subclasses__() if cls.__name__.lower() == "relu")
        layer = found.__new__(found)
        torch.nn.Module.__init__(layer)
        layer.inplace = False
        return found.forward(layer, x)
