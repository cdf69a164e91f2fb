# what: наследник nn.Dropout
# caught_by: test_values
# phrase: torch.nn.Dropout

from torch import nn


class DropoutLayer(nn.Dropout):
    pass
