# what: слой декодера смотрит на свой слой энкодера, а не на последний
# caught_by: test_transformer_parts
# phrase: последнего слоя энкодера
# base: textbook


class TransformerModel:
    def forward(self, source, target_in):
        seen = padding_mask(source)
        memory = self.source(source) + self.source_places.weight[: source.shape[1]]
        memories = []
        for block in self.encoder:
            memory, _ = block(memory, seen)
            memories.append(self.norm_memory(memory))
        x = self.target(target_in) + self.target_places.weight[: target_in.shape[1]]
        past = padding_mask(target_in) & causal_mask(target_in.shape[1])
        for block, memory in zip(self.decoder, memories, strict=True):
            x, weights = block(x, past, memory, seen)
        return self.logits(self.norm(x)), weights.mean(1)
