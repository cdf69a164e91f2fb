# what: exp(x) / (1 + exp(x)): на 1e4 переполняется
# caught_by: test_sigmoid_large
# phrase: OverflowError

import math


class MyReLU:
    def __call__(self, x):
        return max(x, 0)


class MySigmoid:
    def __call__(self, x):
        e = math.exp(x)
        return e / (1 + e)
