# what: ReLU и после последнего слоя
# caught_by: test_mlp
# phrase: после последнего линейного слоя
# base: plain
# replace: (*layers, nn.Linear(inputs, classes)) -> (*layers, nn.Linear(inputs, classes), nn.ReLU())
