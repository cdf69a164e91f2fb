# tries: more memory than allowed in one piece
# outcome: memory
# message: 256 МБ
def count(n):
    return len(bytearray(2**30))


def halve(x):
    import torch

    return torch.zeros(2**30)
