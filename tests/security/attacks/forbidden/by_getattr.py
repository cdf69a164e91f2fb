# tries: to reach a forbidden API by a name put together at run time
# outcome: forbidden
# message: torch.relu
import torch


class Layer:
    def __call__(self, x):
        return getattr(torch, "re" + "lu")(x)
