# tries: an id that is a tensor of two elements, whose truth raises an exception in the judge
# outcome: crashed
import kafedra.grading.guest.runtime as runtime
import torch


def count(n):
    original = runtime.encode
    runtime.encode = lambda frame: original({**frame, "id": torch.tensor([frame["id"]] * 2)})
    return n * (n - 1) // 2


def label():
    original = runtime.encode
    runtime.encode = lambda frame: original({**frame, "id": torch.tensor([frame["id"]] * 2).numpy()})
    return "кот"
