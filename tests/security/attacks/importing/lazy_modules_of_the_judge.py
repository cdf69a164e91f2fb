# tries: names that make the judge import large modules or raise, when it resolves them on the student's word
# seconds: 2.5
# outcome: error|failed|forbidden|timeout
import torch

Absent = torch.classes.no_such_library.no_such_class
Slow = torch._inductor.config
Onnx = torch.onnx.ops.symbolic


def count(n, kept=(Absent, Slow, Onnx)):
    return -1


class Layer(torch.classes.no_such_library.other):
    pass
