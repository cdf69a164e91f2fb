"""Как в статьях: GRU в обе стороны и внимание Луонга за один проход, Transformer с нормой перед слоем."""

import math

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

PAD, BOS, EOS = 0, 1, 2


def collate(pairs):
    def padded(rows):
        return pad_sequence([torch.tensor(row, dtype=torch.int64) for row in rows], batch_first=True, padding_value=PAD)

    return (
        padded([source for source, _ in pairs]),
        padded([[BOS, *target] for _, target in pairs]),
        padded([[*target, EOS] for _, target in pairs]),
    )


def sequence_loss(logits, target_out):
    return nn.functional.cross_entropy(logits.flatten(0, 1), target_out.flatten(), ignore_index=PAD)


def padding_mask(tokens):
    return (tokens != PAD).unsqueeze(-2)


def causal_mask(size):
    return torch.ones(size, size, dtype=torch.bool).tril()


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])  # (..., T, S)
    if mask is None:
        weights = scores.softmax(dim=-1)
    else:
        blocked = ~mask
        weights = scores.masked_fill(blocked, torch.finfo(scores.dtype).min).softmax(dim=-1).masked_fill(blocked, 0)
    return weights @ v, weights


class MultiHeadAttention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        if dim % heads:
            raise ValueError(f"{dim} не делится на {heads}")
        self.heads = heads
        self.query, self.key, self.value, self.output = (nn.Linear(dim, dim) for _ in range(4))

    def split(self, x):
        """(B, T, dim) → (B, heads, T, dim / heads)."""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(self, query, key, value, mask=None):
        q, k, v = self.split(self.query(query)), self.split(self.key(key)), self.split(self.value(value))
        out, weights = attention(q, k, v, None if mask is None else mask.unsqueeze(-3))
        return self.output(out.transpose(1, 2).flatten(2)), weights


class RecurrentModel(nn.Module):
    def __init__(self, source_size, target_size, dim=64):
        super().__init__()
        self.source = nn.Embedding(source_size, dim)
        self.target = nn.Embedding(target_size, dim)
        self.encoder = nn.GRU(dim, dim // 2, batch_first=True, bidirectional=True)
        self.decoder = nn.GRU(dim, dim, batch_first=True)
        self.query = nn.Linear(dim, dim, bias=False)
        self.mix = nn.Linear(2 * dim, dim)
        self.logits = nn.Linear(dim, target_size)

    def forward(self, source, target_in):
        lengths = (source != PAD).sum(1)
        packed = pack_padded_sequence(self.source(source), lengths, batch_first=True, enforce_sorted=False)
        states, last = self.encoder(packed)
        memory, _ = pad_packed_sequence(states, batch_first=True, total_length=source.shape[1])  # (B, S, dim)
        start = last.transpose(0, 1).flatten(1).unsqueeze(0)  # (1, B, dim)
        hidden, _ = self.decoder(self.target(target_in), start)  # (B, T, dim)
        context, weights = attention(self.query(hidden), memory, memory, padding_mask(source))
        return self.logits(torch.tanh(self.mix(torch.cat([hidden, context], dim=-1)))), weights


class Block(nn.Module):
    """Слой энкодера; с cross=True — слой декодера."""

    def __init__(self, dim, heads, cross):
        super().__init__()
        self.own = MultiHeadAttention(dim, heads)
        self.cross = MultiHeadAttention(dim, heads) if cross else None
        self.norms = nn.ModuleList(nn.LayerNorm(dim) for _ in range(3 if cross else 2))
        self.feed = nn.Sequential(nn.Linear(dim, 4 * dim), nn.ReLU(), nn.Linear(4 * dim, dim))

    def forward(self, x, mask, memory=None, memory_mask=None):
        y = self.norms[0](x)
        x, weights = x + self.own(y, y, y, mask)[0], None
        if self.cross is not None:
            seen, weights = self.cross(self.norms[1](x), memory, memory, memory_mask)
            x = x + seen
        return x + self.feed(self.norms[-1](x)), weights


class TransformerModel(nn.Module):
    def __init__(self, source_size, target_size, dim=64, heads=4, layers=2):
        super().__init__()
        self.source, self.target = nn.Embedding(source_size, dim), nn.Embedding(target_size, dim)
        self.source_places, self.target_places = nn.Embedding(64, dim), nn.Embedding(64, dim)
        self.encoder = nn.ModuleList(Block(dim, heads, cross=False) for _ in range(layers))
        self.decoder = nn.ModuleList(Block(dim, heads, cross=True) for _ in range(layers))
        self.norm_memory, self.norm = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.logits = nn.Linear(dim, target_size)

    def forward(self, source, target_in):
        seen = padding_mask(source)
        memory = self.source(source) + self.source_places.weight[: source.shape[1]]
        for block in self.encoder:
            memory, _ = block(memory, seen)
        memory = self.norm_memory(memory)
        x = self.target(target_in) + self.target_places.weight[: target_in.shape[1]]
        past = padding_mask(target_in) & causal_mask(target_in.shape[1])
        for block in self.decoder:
            x, weights = block(x, past, memory, seen)
        return self.logits(self.norm(x)), weights.mean(1)


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
        if ended.all():
            break
    return answer[:, 1:]


def train(model, pairs, epochs, batch_size=64, lr=3e-3):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    steps = epochs * math.ceil(len(pairs) / batch_size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=lr, total_steps=steps, pct_start=0.2)
    history = []
    for _ in range(epochs):
        model.train()
        losses = []
        for rows in torch.randperm(len(pairs)).split(batch_size):
            source, target_in, target_out = collate([pairs[row] for row in rows.tolist()])
            logits, _ = model(source, target_in)
            loss = sequence_loss(logits, target_out)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history


def align(model, source, target):
    target_in = torch.cat([torch.full_like(target[:, :1], BOS), target[:, :-1]], dim=1)
    with torch.no_grad():
        return model(source, target_in)[1]


def accuracy_by_length(pairs, predictions):
    hits = {}
    for (source, target), prediction in zip(pairs, predictions, strict=True):
        hits.setdefault(len(source), []).append(prediction == target)
    return {length: sum(group) / len(group) for length, group in sorted(hits.items())}
