# tries: nothing that is forbidden: derivatives ahead, a tensor without values, a graph of one's own
# assignment: indirect-probes
# points: 1
# outcome: passed
import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        torch.func.jvp(torch.exp, (x,), (x,))
        torch.fx.symbolic_trace(lambda y: y * 2)(x)
        torch.empty(3, device="meta").mul_(2)
        return x.clamp(min=0)
