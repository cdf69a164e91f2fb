# tries: the kernel for sparse tensors instead of the one for dense ones
# outcome: forbidden
import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        base = type(x).__base__
        return getattr(base, "re" + "lu")(x.to_sparse()).to_dense()
