# what: ReLU и после последнего слоя
# caught_by: test_network_gradients
# phrase: после последнего слоя
# base: textbook
# replace: loss, cache = cross -> x, end = relu_forward(x); loss, cache = cross
# replace: g = cross_entropy_backward(1.0, cache) -> g = relu_backward(cross_entropy_backward(1.0, cache), end)
