# tries: to call it in a thread of its own, where nothing that is set for a thread holds
# outcome: forbidden|error|failed
import operator
import threading

import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        found = []
        thread = threading.Thread(target=lambda: found.append(operator.methodcaller("re" "lu")(x)))
        thread.start()
        thread.join()
        return found[0]
