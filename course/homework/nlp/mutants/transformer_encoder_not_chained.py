# what: каждый слой энкодера получает эмбеддинги, а не ответ предыдущего
# caught_by: test_transformer_parts
# phrase: слой энкодера 2 не получает
# base: textbook


class TransformerModel:
    def forward(self, source, target_in):
        seen = padding_mask(source)
        words = self.source(source) + self.source_places.weight[: source.shape[1]]
        answers = [block(words, seen)[0] for block in self.encoder]
        memory = self.norm_memory(answers[-1] + 1e-6 * sum(answers[:-1]))
        x = self.target(target_in) + self.target_places.weight[: target_in.shape[1]]
        past = padding_mask(target_in) & causal_mask(target_in.shape[1])
        for block in self.decoder:
            x, weights = block(x, past, memory, seen)
        return self.logits(self.norm(x)), weights.mean(1)
