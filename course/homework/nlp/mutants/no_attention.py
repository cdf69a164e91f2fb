# what: внимание посчитано, но до логитов не доходит: всё держится на одном состоянии
# caught_by: test_dates, test_alignment
# phrase: даты: RecurrentModel
# base: textbook

import math

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence


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


def padding_mask(tokens):
    return (tokens != PAD).unsqueeze(1)


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(dim=-1)
    if mask is not None:
        weights = weights.masked_fill(~mask, 0.0)
    return weights @ v, weights


class RecurrentModel(nn.Module):
    def __init__(self, source_size, target_size, dim=64):
        super().__init__()
        self.source = nn.Embedding(source_size, dim)
        self.target = nn.Embedding(target_size, dim)
        self.encoder = nn.GRU(dim, dim // 2, batch_first=True, bidirectional=True)
        self.decoder = nn.GRU(dim, dim, batch_first=True)
        self.query = nn.Linear(dim, dim)
        self.mix = nn.Linear(2 * dim, dim)
        self.logits = nn.Linear(dim, target_size)

    def encode(self, source):
        lengths = (source != PAD).sum(1)
        packed = pack_padded_sequence(self.source(source), lengths, batch_first=True, enforce_sorted=False)
        states, last = self.encoder(packed)
        memory, _ = pad_packed_sequence(states, batch_first=True, total_length=source.shape[1])
        return memory, torch.cat([last[0], last[1]], dim=-1)

    def forward(self, source, target_in):
        memory, start = self.encode(source)
        hidden, _ = self.decoder(self.target(target_in), start.unsqueeze(0))
        context, weights = attention(self.query(hidden), memory, memory, padding_mask(source))
        mixed = torch.tanh(self.mix(torch.cat([hidden, hidden + 0 * context], dim=-1)))
        return self.logits(mixed), weights


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
    return answer[:, 1:]


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
    return history
