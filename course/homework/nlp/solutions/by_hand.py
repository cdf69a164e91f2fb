"""Своими руками: батчи заполнены по месту, внимание Бахданау шаг за шагом, головы через einsum, норма после слоя."""

import math
from collections import Counter

import torch
import torch.nn.functional as F
from torch import nn

PAD, BOS, EOS = range(3)


def collate(pairs):
    rows = len(pairs)
    wide = max(len(source) for source, _ in pairs)
    long = max(len(target) for _, target in pairs) + 1
    source = torch.zeros(rows, wide, dtype=torch.long)
    before, after = torch.zeros(rows, long, dtype=torch.long), torch.zeros(rows, long, dtype=torch.long)
    for i, (words, answer) in enumerate(pairs):
        for j, word in enumerate(words):
            source[i, j] = word
        before[i, 0] = BOS
        for j, token in enumerate(answer):
            after[i, j] = before[i, j + 1] = token
        after[i, len(answer)] = EOS
    return source, before, after


def sequence_loss(logits, target_out):
    surprise = -logits.log_softmax(-1).gather(-1, target_out[..., None])[..., 0]
    real = target_out.ne(PAD)
    return surprise[real].sum() / real.sum()


def padding_mask(tokens):
    return tokens.ne(PAD)[:, None, :]


def causal_mask(size):
    places = torch.arange(size)
    return places[None, :] <= places[:, None]


def normalise(scores, mask):
    if mask is None:
        return torch.softmax(scores, -1)
    top = torch.where(mask, scores, -torch.inf).amax(-1, keepdim=True)
    top = torch.where(top.isinf(), 0.0, top).detach()
    powers = torch.where(mask, scores - top, -torch.inf).exp()
    return powers / powers.sum(-1, keepdim=True).clamp(min=1e-30)


def attention(q, k, v, mask=None):
    weights = normalise(torch.einsum("...td,...sd->...ts", q, k) * q.size(-1) ** -0.5, mask)
    return torch.einsum("...ts,...se->...te", weights, v), weights


class MultiHeadAttention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        if dim % heads != 0:
            raise ValueError("число голов должно делить размер")
        self.count, self.size = heads, dim // heads
        self.query = nn.Linear(dim, dim)
        self.key = nn.Linear(dim, dim)
        self.value = nn.Linear(dim, dim)
        self.output = nn.Linear(dim, dim)

    def forward(self, query, key, value, mask=None):
        parts = self.query(query), self.key(key), self.value(value)
        q, k, v = (part.unflatten(-1, (self.count, self.size)) for part in parts)  # (B, T, heads, size)
        scores = torch.einsum("bthd,bshd->bhts", q, k) * self.size**-0.5
        weights = normalise(scores, None if mask is None else mask.unsqueeze(-3))
        return self.output(torch.einsum("bhts,bshd->bthd", weights, v).flatten(2)), weights


class RecurrentModel(nn.Module):
    """Bahdanau, Cho, Bengio: на каждом шаге сначала внимание по прошлому состоянию, потом новое состояние."""

    def __init__(self, source_size, target_size, dim=64):
        super().__init__()
        self.dim = dim
        self.words, self.tokens = nn.Embedding(source_size, dim), nn.Embedding(target_size, dim)
        self.forwards, self.backwards = nn.GRU(dim, dim, batch_first=True), nn.GRU(dim, dim, batch_first=True)
        self.start = nn.Linear(2 * dim, dim)
        self.keys, self.queries = nn.Linear(2 * dim, dim), nn.Linear(dim, dim)
        self.score = nn.Linear(dim, 1, bias=False)
        self.step = nn.GRUCell(3 * dim, dim)
        self.out = nn.Linear(4 * dim, target_size)

    def encode(self, source):
        """Состояния (B, S, 2 · dim) и крайние (B, 2 · dim); для обратного прохода слова переставлены, пады на месте."""
        places, lengths = torch.arange(source.size(1)), source.ne(PAD).sum(1, keepdim=True)
        turn = torch.where(places < lengths, lengths - 1 - places, places)[..., None].expand(-1, -1, self.dim)
        x = self.words(source)
        ahead, back = self.forwards(x)[0], self.backwards(x.gather(1, turn))[0].gather(1, turn)
        last = ahead.gather(1, (lengths - 1)[..., None].expand(-1, -1, self.dim))[:, 0]
        return torch.cat([ahead, back], -1), torch.cat([last, back[:, 0]], -1)

    def forward(self, source, target_in):
        memory, ends = self.encode(source)
        real, keys, state = source.ne(PAD), self.keys(memory), torch.tanh(self.start(ends))
        tokens, states, contexts, maps = self.tokens(target_in), [], [], []
        for t in range(target_in.size(1)):
            scores = self.score(torch.tanh(keys + self.queries(state)[:, None])).transpose(1, 2)  # (B, 1, S)
            weights = normalise(scores, real[:, None])
            context = (weights @ memory)[:, 0]
            state = self.step(torch.cat([tokens[:, t], context], -1), state)
            states.append(state)
            contexts.append(context)
            maps.append(weights[:, 0])
        seen = torch.cat([torch.stack(states, 1), torch.stack(contexts, 1), tokens], -1)
        return self.out(seen), torch.stack(maps, 1)


def waves(length, dim):
    """Синусы и косинусы из «Attention Is All You Need»: (length, dim)."""
    places = torch.arange(length).unsqueeze(1)
    rates = torch.exp(-math.log(10_000.0) * torch.arange(0, dim, 2) / dim)
    return torch.stack([torch.sin(places * rates), torch.cos(places * rates)], -1).reshape(length, dim)


class Encoder(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.attend = MultiHeadAttention(dim, heads)
        self.wide, self.narrow = nn.Linear(dim, 2 * dim), nn.Linear(2 * dim, dim)
        self.first, self.second = nn.LayerNorm(dim), nn.LayerNorm(dim)

    def forward(self, x, mask):
        x = self.first(x + self.attend(x, x, x, mask)[0])
        return self.second(x + self.narrow(F.gelu(self.wide(x))))


class Decoder(Encoder):
    def __init__(self, dim, heads):
        super().__init__(dim, heads)
        self.look, self.third = MultiHeadAttention(dim, heads), nn.LayerNorm(dim)

    def forward(self, x, mask, memory, seen):
        x = self.first(x + self.attend(x, x, x, mask)[0])
        context, weights = self.look(x, memory, memory, seen)
        x = self.third(x + context)
        return self.second(x + self.narrow(F.gelu(self.wide(x)))), weights


class TransformerModel(nn.Module):
    def __init__(self, source_size, target_size, dim=64, heads=4, layers=2):
        super().__init__()
        self.dim = dim
        self.words, self.tokens = nn.Embedding(source_size, dim), nn.Embedding(target_size, dim)
        for table in (self.words, self.tokens):
            nn.init.normal_(table.weight, std=dim**-0.5)
        self.below = nn.ModuleList([Encoder(dim, heads) for _ in range(layers)])
        self.above = nn.ModuleList([Decoder(dim, heads) for _ in range(layers)])
        self.out = nn.Linear(dim, target_size)

    def placed(self, table, tokens):
        return table(tokens) * self.dim**0.5 + waves(tokens.size(1), self.dim)

    def forward(self, source, target_in):
        seen = padding_mask(source)
        memory = self.placed(self.words, source)
        for layer in self.below:
            memory = layer(memory, seen)
        x = self.placed(self.tokens, target_in)
        for layer in self.above:
            x, weights = layer(x, causal_mask(x.size(1)), memory, seen)
        return self.out(x), weights.mean(dim=1)


def decode(model, source, max_length):
    model.eval()
    with torch.no_grad():
        rows = [[BOS] for _ in source]
        for _ in range(max_length):
            logits = model(source, torch.tensor(rows))[0]
            for row, token in zip(rows, logits[:, -1].argmax(-1).tolist(), strict=True):
                row.append(PAD if token == EOS or row[-1] == PAD else token)
    return torch.tensor(rows)[:, 1:]


def train(model, pairs, epochs):
    model.train()
    optimizer, order, batch = (
        torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.0),
        list(range(len(pairs))),
        64,
    )
    history, step = [], 0
    for _ in range(epochs):
        order = [order[i] for i in torch.randperm(len(order))]
        total, count = 0.0, 0
        for start in range(0, len(order), batch):
            step += 1
            source, before, after = collate([pairs[i] for i in order[start : start + batch]])
            for group in optimizer.param_groups:
                share = step * batch / (epochs * len(order))
                group["lr"] = 2e-3 * min(1.0, step / 50, max(0.02, 2 * (1 - share)))
            optimizer.zero_grad()
            loss = sequence_loss(model(source, before)[0], after)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            total, count = total + loss.item(), count + 1
        history.append(total / count)
    return history


def align(model, source, target):
    shifted = torch.full_like(target, BOS)
    shifted[:, 1:] = target[:, :-1]
    with torch.no_grad():
        _, weights = model(source, shifted)
    return weights


def accuracy_by_length(pairs, predictions):
    total, right = Counter(), Counter()
    for i in range(len(pairs)):
        length = len(pairs[i][0])
        total[length] += 1
        right[length] += int(list(predictions[i]) == list(pairs[i][1]))
    return {length: right[length] / total[length] for length in total}
