# tries: to stay in C code that never looks at signals
# outcome: timeout
# seconds: 1.5
import torch


def count(n):
    x = torch.ones(2500, 2500, dtype=torch.float64)
    while True:
        x @ x
