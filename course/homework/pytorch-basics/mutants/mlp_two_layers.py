# what: CustomMLP берёт только первые две ширины из hidden
# caught_by: test_mlp_any_depth
# phrase: создано меньше
# base: plain


class CustomMLP(nn.Module):
    def __init__(self, inputs, hidden, classes):
        super().__init__()
        self.first = nn.Linear(inputs, hidden[0])
        self.second = nn.Linear(hidden[0], hidden[1])
        self.last = nn.Linear(hidden[1], classes)

    def forward(self, x):
        x = functional.relu(self.first(x.flatten(1)))
        return self.last(functional.relu(self.second(x)))
