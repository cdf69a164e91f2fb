# what: каждый слой декодера получает эмбеддинги ответа
# caught_by: test_transformer_parts
# phrase: слой декодера 2 не получает
# base: textbook


class TransformerModel:
    def forward(self, source, target_in):
        seen = padding_mask(source)
        memory = self.source(source) + self.source_places.weight[: source.shape[1]]
        for block in self.encoder:
            memory, _ = block(memory, seen)
        memory = self.norm_memory(memory)
        y = self.target(target_in) + self.target_places.weight[: target_in.shape[1]]
        past = padding_mask(target_in) & causal_mask(target_in.shape[1])
        answers = [block(y, past, memory, seen) for block in self.decoder]
        return self.logits(self.norm(sum(x for x, _ in answers))), answers[-1][1].mean(1)
