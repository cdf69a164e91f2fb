# what: история потерь не возвращена
# caught_by: test_train
# phrase: вернулось None
# base: textbook

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pad_sequence


def padded(rows):
    return pad_sequence([torch.tensor(row, dtype=torch.int64) for row in rows], batch_first=True, padding_value=PAD)


def collate(pairs):
    source = padded([source for source, _ in pairs])
    target_in = padded([[BOS, *target] for _, target in pairs])
    target_out = padded([[*target, EOS] for _, target in pairs])
    return source, target_in, target_out


def sequence_loss(logits, target_out):
    each = F.cross_entropy(logits.transpose(1, 2), target_out, reduction="none")  # (B, T)
    real = (target_out != PAD).to(each.dtype)
    return (each * real).sum() / real.sum()


def train(model, pairs, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    history = []
    for _ in range(epochs):
        model.train()
        losses = []
        for rows in torch.randperm(len(pairs)).split(64):
            source, target_in, target_out = collate([pairs[row] for row in rows.tolist()])
            logits, _ = model(source, target_in)
            loss = sequence_loss(logits, target_out)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return
