# tries: to reach a forbidden API through modules, aliases and a star import
# outcome: forbidden
# message: torch.nn.ReLU
from torch.nn import *
from torch.nn.modules import activation as harmless

Base = harmless.ReLU


class Layer(Base):
    pass
