# tries: to change torch for whoever comes next: default dtype, threads, determinism, patched functions
# outcome: failed
import torch

torch.set_default_dtype(torch.float16)
torch.set_num_threads(1)
torch.set_grad_enabled(False)
torch.manual_seed = lambda seed: None


def halve(x):
    torch.Tensor.__truediv__ = lambda self, other: self
    torch.nn.Module.__call__ = lambda self, x: x
    torch.nn.Module.forward = lambda self, x: x
    return x / 2
