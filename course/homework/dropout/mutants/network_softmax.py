# what: после последнего слоя softmax
# caught_by: test_make_network
# phrase: ни softmax
# base: formulas
# replace: nn.Linear(128, 10), -> nn.Linear(128, 10), nn.Softmax(dim=1),
