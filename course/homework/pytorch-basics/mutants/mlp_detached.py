# what: в forward остался .detach(): первые слои не учатся
# caught_by: test_mlp
# phrase: до части весов градиент не доходит
# base: plain

from itertools import pairwise


class CustomMLP(nn.Module):
    def __init__(self, inputs, hidden, classes):
        super().__init__()
        widths = [inputs, *hidden, classes]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(widths))

    def forward(self, x):
        x = x.flatten(1)
        for layer in self.layers[:-1]:
            x = functional.relu(layer(x)).detach()
        return self.layers[-1](x)
