# what: γ и β — обычные тензоры: оптимизатор их не видит
# caught_by: test_forward_affine, test_gradient_affine
# phrase: nn.Parameter
# base: textbook
# replace: nn.Parameter(torch.ones(num_features)) -> torch.ones(num_features)
# replace: nn.Parameter(torch.zeros(num_features)) -> torch.zeros(num_features)
