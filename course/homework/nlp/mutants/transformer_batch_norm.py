# what: нормировка по батчу вместо LayerNorm: соседи влияют на ответ
# caught_by: test_transformer_padding
# phrase: соседи по батчу
# base: textbook

import math

import torch
from torch import nn


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


class MultiHeadAttention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        if dim % heads:
            raise ValueError("dim должно делиться на heads")
        self.heads = heads
        self.query = nn.Linear(dim, dim)
        self.key = nn.Linear(dim, dim)
        self.value = nn.Linear(dim, dim)
        self.output = nn.Linear(dim, dim)

    def split(self, x):
        rows, length, dim = x.shape
        return x.view(rows, length, self.heads, dim // self.heads).transpose(1, 2)

    def forward(self, query, key, value, mask=None):
        if mask is not None:
            mask = mask.unsqueeze(-3)
        q, k, v = self.split(self.query(query)), self.split(self.key(key)), self.split(self.value(value))
        out, weights = attention(q, k, v, mask)
        out = out.transpose(1, 2).flatten(2)
        return self.output(out), weights


class EncoderBlock(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.attend = MultiHeadAttention(dim, heads)
        self.feed = nn.Sequential(nn.Linear(dim, 4 * dim), nn.ReLU(), nn.Linear(4 * dim, dim))
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)

    def forward(self, x, mask):
        y = self.norm1(x)
        x = x + self.attend(y, y, y, mask)[0]
        return x + self.feed(self.norm2(x))


class DecoderBlock(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.attend, self.look = MultiHeadAttention(dim, heads), MultiHeadAttention(dim, heads)
        self.feed = nn.Sequential(nn.Linear(dim, 4 * dim), nn.ReLU(), nn.Linear(4 * dim, dim))
        self.norm1, self.norm2, self.norm3 = nn.LayerNorm(dim), nn.LayerNorm(dim), nn.LayerNorm(dim)

    def forward(self, x, mask, memory, memory_mask):
        y = self.norm1(x)
        x = x + self.attend(y, y, y, mask)[0]
        seen, weights = self.look(self.norm2(x), memory, memory, memory_mask)
        x = x + seen
        return x + self.feed(self.norm3(x)), weights


class TransformerModel(nn.Module):
    def __init__(self, source_size, target_size, dim=64, heads=4, layers=2):
        super().__init__()
        self.source, self.target = nn.Embedding(source_size, dim), nn.Embedding(target_size, dim)
        self.source_places, self.target_places = nn.Embedding(64, dim), nn.Embedding(64, dim)
        self.encoder = nn.ModuleList([EncoderBlock(dim, heads) for _ in range(layers)])
        self.decoder = nn.ModuleList([DecoderBlock(dim, heads) for _ in range(layers)])
        self.norm_source, self.norm_target = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.logits = nn.Linear(dim, target_size)

    def forward(self, source, target_in):
        source_mask = padding_mask(source)
        memory = self.source(source) + self.source_places(torch.arange(source.shape[1]))
        for block in self.encoder:
            memory = block(memory, source_mask)
        memory = self.norm_source(memory)
        x = self.target(target_in) + self.target_places(torch.arange(target_in.shape[1]))
        target_mask = causal_mask(target_in.shape[1])
        for block in self.decoder:
            x, weights = block(x, target_mask, memory, source_mask)
        x = (x - x.mean((0, 1))) / (x.std((0, 1)) + 1e-5)
        return self.logits(self.norm_target(x)), weights.mean(dim=1)
