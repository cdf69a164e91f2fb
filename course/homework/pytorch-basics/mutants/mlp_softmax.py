# what: в конце CustomMLP стоит softmax
# caught_by: test_mlp
# phrase: стоит softmax
# base: plain
# replace: (*layers, nn.Linear(inputs, classes)) -> (*layers, nn.Linear(inputs, classes), nn.Softmax(dim=1))
