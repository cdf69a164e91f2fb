# tries: nothing at run time: a branch that no test takes is seen in the text
# outcome: forbidden
# message: torch.relu
import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        if x.numel() == 123_457:
            return torch.relu(x)
        return x.clamp(min=0)
