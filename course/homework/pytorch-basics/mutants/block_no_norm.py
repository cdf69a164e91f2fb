# what: BatchNorm2d созданы, но не применены
# caught_by: test_resblock
# phrase: не применены
# base: plain


class ResBlock:
    def forward(self, x):
        y = functional.relu(self.branch[0](x))
        return functional.relu(x + self.branch[3](y))
