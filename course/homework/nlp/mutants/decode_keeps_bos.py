# what: в ответе остался BOS
# caught_by: test_decode
# phrase: остался BOS
# base: textbook

import torch


@torch.no_grad()
def decode(model, source, max_length):
    model.eval()
    answer = torch.full((len(source), 1), BOS)
    ended = torch.zeros(len(source), dtype=torch.bool)
    for _ in range(max_length):
        logits, _ = model(source, answer)
        token = logits[:, -1].argmax(dim=-1)
        ended = ended | (token == EOS)
        token = token.masked_fill(ended, PAD)
        answer = torch.cat([answer, token.unsqueeze(1)], dim=1)
        if ended.all():
            break
    return answer
