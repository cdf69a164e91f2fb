# what: готовый F.dropout
# caught_by: test_values
# phrase: torch.nn.functional.dropout
# base: formulas

import torch.nn.functional as F


class DropoutLayer:
    def forward(self, x):
        return F.dropout(x, self.p, self.training, self.inplace)
