# tries: to take a forbidden function from the default of somebody's argument, kept since before it was poisoned
# outcome: forbidden
import inspect

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        defaults = inspect.signature(torch.nn.TransformerEncoderLayer.__init__).parameters
        return defaults["activation"].default(x)
