# tries: to have torch.fx write the code that calls a forbidden method
# outcome: forbidden
import torch
import torch.fx


class Layer(torch.nn.Module):
    def forward(self, x):
        graph = torch.fx.Graph()
        graph.output(graph.call_method("re" + "lu", (graph.placeholder("x"),)))
        return torch.fx.GraphModule(torch.nn.Module(), graph)(x)
