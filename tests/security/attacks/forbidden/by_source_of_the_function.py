# tries: to execute the library's own text, in a namespace of the library's
# outcome: forbidden
import inspect
import textwrap

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        text = inspect.getsource(getattr(torch.nn.functional, "re" + "lu"))
        names = dict(vars(torch.nn.functional))
        exec(textwrap.dedent(text[text.index("def ") :]), names)
        return names["re" + "lu"](x)
