# what: перевод прерван, как только кончилась первая строка батча
# caught_by: test_decode
# phrase: кончилась первая строка
# base: textbook

import torch


@torch.no_grad()
def decode(model, source, max_length):
    model.eval()
    answer = torch.full((len(source), 1), BOS)
    ended = torch.zeros(len(source), dtype=torch.bool)
    for _ in range(max_length):
        logits, _ = model(source, answer)
        token = logits[:, -1].argmax(-1)
        ended = ended | (token == EOS)
        answer = torch.cat([answer, token.masked_fill(ended, PAD).unsqueeze(1)], dim=1)
        if ended[0]:
            break
    return answer[:, 1:]
