# tries: to take the function out of the tables in which torch itself keeps all of them
# outcome: forbidden
import torch
import torch.overrides


class Layer(torch.nn.Module):
    def forward(self, x):
        table = torch.overrides.get_testing_overrides()
        for function in table:
            if getattr(function, "__name__", "") in ("re" + "lu", "forbidden"):
                return function(x)
