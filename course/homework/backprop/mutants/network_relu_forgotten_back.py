# what: в обратном проходе забыта ReLU
# caught_by: test_network_gradients
# phrase: мимо ReLU
# base: textbook
# replace: g = relu_backward(g, relu) -> pass
