# what: готовый F.leaky_relu
# caught_by: test_leaky_relu_forward
# phrase: torch.nn.functional
# base: formulas
# replace: torch.where(x > 0, x, self.negative_slope * x) -> F.leaky_relu(x, self.negative_slope)

import torch.nn.functional as F
