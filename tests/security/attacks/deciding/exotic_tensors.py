# tries: meta, sparse, quantized, nested and complex tensors
# outcome: failed|error|crashed
import torch


def halve(x):
    return torch.empty(4, 3, dtype=torch.float64, device="meta")


def count(n):
    return torch.eye(3).to_sparse()


def label():
    return torch.nested.nested_tensor([torch.zeros(1), torch.zeros(2)])


def log(x):
    return torch.tensor(complex(float("-inf"), 0))


def secret(x):
    return torch.quantize_per_tensor(x.sign(), 1.0, 0, torch.qint8)
