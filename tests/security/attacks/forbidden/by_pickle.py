# tries: to have the unpickler look the function up and call it
# outcome: forbidden
import pickle

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        return pickle.loads(b"ctorch\nre" + b"lu\n.")(x)
