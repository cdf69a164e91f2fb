# what: x перезаписан ветвью и сложен сам с собой
# caught_by: test_resblock
# phrase: сама ветвь
# base: plain


class ResBlock:
    def forward(self, x):
        x = self.branch(x)
        return functional.relu(x + x)
