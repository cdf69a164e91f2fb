# what: forward под torch.no_grad()
# caught_by: test_gradient
# phrase: оторван от графа
# base: formulas

Whole = DropoutLayer


class DropoutLayer(Whole):
    forward = torch.no_grad()(Whole.forward)
