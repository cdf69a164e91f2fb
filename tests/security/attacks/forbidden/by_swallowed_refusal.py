# tries: to take the original out of the refusal: its frames, its closure, what it refers to
# outcome: forbidden|error
import gc
import operator

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        call = operator.methodcaller("re" + "lu")
        try:
            return call(x)
        except RuntimeError as refusal:
            trace, seen = refusal.__traceback__, []
            while trace is not None:
                seen += gc.get_referents(trace.tb_frame, *trace.tb_frame.f_locals.values())
                trace = trace.tb_next
        for found in [*seen, *gc.get_referents(*seen)]:
            if callable(found) and getattr(found, "__name__", "") == "re" + "lu":
                return found(x)
        return call(x)
