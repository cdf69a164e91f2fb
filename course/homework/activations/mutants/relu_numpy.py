# what: через numpy и обратно: градиента нет
# caught_by: test_relu_gradient
# phrase: оторван от графа
# base: formulas
# replace: clamp(x, min=0) -> from_numpy(np.maximum(x.detach().numpy(), 0))

import numpy as np
