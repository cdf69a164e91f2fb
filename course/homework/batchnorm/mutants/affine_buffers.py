# what: γ и β — буферы: не обучаются
# caught_by: test_forward_affine
# phrase: nn.Parameter
# base: textbook
# replace: self.weight = nn.Parameter( -> self.register_buffer("weight",
# replace: self.bias = nn.Parameter( -> self.register_buffer("bias",
