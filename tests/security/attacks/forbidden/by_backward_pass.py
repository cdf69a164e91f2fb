# tries: to call it in a backward pass, where no frame of the student's is below
# outcome: forbidden|timeout
import operator

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        class Function(torch.autograd.Function):
            @staticmethod
            def forward(context, y):
                return y.clone()

            @staticmethod
            def backward(context, gradient):
                return operator.methodcaller("re" + "lu")(gradient)

        y = torch.zeros_like(x, requires_grad=True)
        Function.apply(y).backward(x)
        return y.grad
