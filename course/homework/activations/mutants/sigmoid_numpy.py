# what: math.e в numpy: градиента нет
# caught_by: test_sigmoid_gradient
# phrase: оторван от графа
# base: formulas

import numpy as np


class MySigmoid:
    def forward(self, x):
        values = 1 / (1 + np.exp(-np.clip(x.detach().numpy(), -80, 700)))
        return torch.as_tensor(values, dtype=x.dtype)
