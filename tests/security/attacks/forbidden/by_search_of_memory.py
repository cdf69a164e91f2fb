# tries: to find the function among all objects of the process and to call every one of that name
# outcome: forbidden|error
import gc

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        wanted = "re" + "lu"
        for found in gc.get_objects():
            try:
                if getattr(found, "__name__", "") == wanted and callable(found):
                    return found(x)
            except RuntimeError:
                continue
        raise RuntimeError
