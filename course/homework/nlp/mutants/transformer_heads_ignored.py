# what: heads не дошло до слоёв: голова всегда одна
# caught_by: test_transformer_weights
# phrase: голов не столько
# base: textbook

from torch import nn

Whole = TransformerModel


class TransformerModel(Whole):
    def __init__(self, source_size, target_size, dim=64, heads=4, layers=2):
        nn.Module.__init__(self)
        self.source, self.target = nn.Embedding(source_size, dim), nn.Embedding(target_size, dim)
        self.source_places, self.target_places = nn.Embedding(64, dim), nn.Embedding(64, dim)
        self.encoder = nn.ModuleList(Block(dim, 1, cross=False) for _ in range(layers))
        self.decoder = nn.ModuleList(Block(dim, 1, cross=True) for _ in range(layers))
        self.norm_memory, self.norm = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.logits = nn.Linear(dim, target_size)
