# what: случайность из numpy: torch.manual_seed её не касается
# caught_by: test_seed
# phrase: случайность взята не из torch
# base: formulas
# replace: rand_like(x) >= self.p -> from_numpy(np.asarray(np.random.rand(*x.shape) >= self.p))

import numpy as np
