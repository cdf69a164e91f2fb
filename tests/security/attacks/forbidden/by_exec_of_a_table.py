# tries: to walk the library by names out of a table that only a loop fills
# outcome: forbidden
import torch

STEPS = []
for step in ("_C", "_Variable" + "Functions", "re" + "lu"):
    STEPS.append(step)


class Layer(torch.nn.Module):
    def forward(self, x):
        found = torch
        for step in STEPS:
            found = getattr(found, step)
        return found(x)
