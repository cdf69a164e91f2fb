# what: токен выбирается случайно, а не самый вероятный
# caught_by: test_decode
# phrase: самый вероятный токен
# base: textbook

import torch


@torch.no_grad()
def decode(model, source, max_length):
    model.eval()
    answer = torch.full((len(source), 1), BOS)
    ended = torch.zeros(len(source), dtype=torch.bool)
    for _ in range(max_length):
        logits, _ = model(source, answer)
        token = torch.multinomial(logits[:, -1].softmax(-1), 1).squeeze(1)
        ended = ended | (token == EOS)
        token = token.masked_fill(ended, PAD)
        answer = torch.cat([answer, token.unsqueeze(1)], dim=1)
        if ended.all():
            break
    return answer[:, 1:]
