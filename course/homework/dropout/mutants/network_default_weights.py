# what: веса оставлены такими, какими их создал torch
# caught_by: test_make_network
# phrase: kaiming_normal_
# base: formulas
# replace: nn.init.kaiming_normal_(layer.weight, nonlinearity="relu") -> pass
