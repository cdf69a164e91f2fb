# what: в слоях нет перцептрона, одно внимание
# caught_by: test_transformer_parts
# phrase: в слоях нет перцептрона
# base: textbook


class Block:
    def __init__(self, dim, heads, cross):
        super().__init__()
        self.own = MultiHeadAttention(dim, heads)
        self.cross = MultiHeadAttention(dim, heads) if cross else None
        self.norms = nn.ModuleList(nn.LayerNorm(dim) for _ in range(2 if cross else 1))

    def forward(self, x, mask, memory=None, memory_mask=None):
        y = self.norms[0](x)
        x, weights = x + self.own(y, y, y, mask)[0], None
        if self.cross is not None:
            seen, weights = self.cross(self.norms[1](x), memory, memory, memory_mask)
            x = x + seen
        return x, weights
