# what: веса усреднены и по слоям
# caught_by: test_transformer_weights
# phrase: усреднено и по слоям
# base: textbook

import torch

Whole = TransformerModel


class TransformerModel(Whole):
    def forward(self, source, target_in):
        seen = padding_mask(source)
        memory = self.source(source) + self.source_places.weight[: source.shape[1]]
        for block in self.encoder:
            memory, _ = block(memory, seen)
        memory = self.norm_memory(memory)
        x = self.target(target_in) + self.target_places.weight[: target_in.shape[1]]
        past = causal_mask(target_in.shape[1])
        every = []
        for block in self.decoder:
            x, weights = block(x, past, memory, seen)
            every.append(weights)
        return self.logits(self.norm(x)), torch.stack(every).mean((0, 2))
