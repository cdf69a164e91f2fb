# what: между линейными слоями нет ReLU
# caught_by: test_mlp
# phrase: забыта ReLU
# base: plain
# replace: layers += [nn.Linear(inputs, width), nn.ReLU()] -> layers += [nn.Linear(inputs, width)]
