# what: умножение на 0, если ветвь молчит: тождественный блок отвечает нулём
# caught_by: test_resblock_identity
# phrase: ResBlock
# base: plain


class ResBlock:
    def forward(self, x):
        y = self.branch(x)
        return functional.relu(x + y) * (y != 0).any()
