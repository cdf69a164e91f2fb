# tries: a kernel of torch's registry that torch has no name for: nothing in the list can cover it
# outcome: forbidden
import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        library = getattr(torch, "o" + "ps").aten
        return getattr(library, "clamp_" + "min").default(x, 0)
