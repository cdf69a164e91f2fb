# what: forward возвращает одни логиты
# caught_by: test_recurrent_prefix
# phrase: ожидалось значений: 2
# base: textbook

import math

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


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
        context, _ = attention(self.query(hidden), memory, memory, padding_mask(source))
        mixed = torch.tanh(self.mix(torch.cat([hidden, context], dim=-1)))
        return self.logits(mixed)
