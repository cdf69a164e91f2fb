# tries: to have a permitted layer hand out the function that it was given by its name
# outcome: forbidden
import torch


class Layer(torch.nn.Module):
    def forward(self, x):
        return torch.nn.modules.transformer._get_activation_fn("re" + "lu")(x)
