# what: torch.tensor из списка: ни градиента, ни тензоров без осей
# caught_by: test_relu_gradient
# phrase: оторван от графа
# base: formulas


class MyReLU:
    def forward(self, x):
        values = [max(0.0, v) for v in x.flatten().tolist()]
        return torch.tensor(values, dtype=x.dtype).reshape(x.shape)
