# what: дропаут и после последнего слоя
# caught_by: test_make_network
# phrase: слои, которые работали
# base: formulas
# replace: nn.Linear(128, 10), -> nn.Linear(128, 10), DropoutLayer(p),
