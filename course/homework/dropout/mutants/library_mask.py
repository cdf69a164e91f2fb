# what: маска взята из готового дропаута от единиц
# caught_by: test_values
# phrase: torch.nn.functional.dropout
# base: formulas

import torch.nn.functional as F


class DropoutLayer:
    def forward(self, x):
        return x * F.dropout(torch.ones_like(x), self.p, self.training)
