# what: весь forward под no_grad
# caught_by: test_gradient_input
# phrase: не доходит
# base: textbook

Whole = BatchNorm2dLayer


class BatchNorm2dLayer(Whole):
    forward = torch.no_grad()(Whole.forward)
