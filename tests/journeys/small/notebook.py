# %% [markdown]
# # Функции активации
#
# ReLU и сигмоида: класс без параметров, который применяют к числу.

# %%
import math


# %% tags=["solution"]
class MyReLU:
    def __call__(self, x):
        # BEGIN SOLUTION
        return max(x, 0)
        # END SOLUTION


# %% tags=["solution"]
class MySigmoid:
    def __call__(self, x):
        # BEGIN SOLUTION
        return (1 + math.tanh(x / 2)) / 2
        # END SOLUTION
