"""The assignment `nlp`: every honest solution gets everything, in whatever style it is written.

That every mutant dies is proven by `kafedra assignment verify`. So are the experiments, which train networks for
many seconds and are left out here: only what a forged training returns is judged.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.course_content.reports import HOMEWORK, cut_short, lost

from kafedra.course import Assignment
from kafedra.grading import Grader, Outcome, Report

ASSIGNMENT = "nlp"
ROOT = HOMEWORK / ASSIGNMENT
TEXTBOOK = (ROOT / "solutions" / "textbook.py").read_text("utf-8")
EXPERIMENTS = {"test_dates", "test_amounts", "test_alignment"}
QUICK = Decimal("3.3")


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The assignment without its experiments, worth 3.3."""
    folder = tmp_path_factory.mktemp("course")
    return cut_short(ASSIGNMENT, folder, points=QUICK, keep=lambda name: name not in EXPERIMENTS)


@pytest.fixture
def grade(grader: Grader, quick: Assignment):
    """``grade(code)``: the report on the textbook solution with ``code`` below it, without the experiments."""

    def run(code: str, seed: int = 0) -> Report:
        return grader.grade(quick, {"nlp.py": f"{TEXTBOOK}\n\n{code}\n".encode()}, seed=seed, reveal=True)

    return run


HONEST = {
    "numpy tables; pairs kept as tuples": """
import numpy as np

def collate(pairs):
    def table(rows):
        filled = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        for line, row in zip(filled, rows):
            line[: len(row)] = row
        return torch.from_numpy(filled)
    source, answers = [tuple(s) for s, _ in pairs], [tuple(t) for _, t in pairs]
    return [table(source), table([(BOS, *t) for t in answers]), table([(*t, EOS) for t in answers])]
""",
    "a loss by a loop over rows": """
def sequence_loss(logits, target_out):
    total, count = 0.0, 0
    for row, answer in zip(logits, target_out):
        length = int((answer != PAD).sum())
        total = total - row[:length].log_softmax(-1)[torch.arange(length), answer[:length]].sum()
        count += length
    return total / count
""",
    "a loss through one-hot targets and logsumexp": """
def sequence_loss(logits, target_out):
    wanted = nn.functional.one_hot(target_out, logits.size(-1)).to(logits)
    each = torch.logsumexp(logits, -1) - torch.einsum("btv,btv->bt", logits, wanted)
    return each.masked_select(target_out.bool()).mean()
""",
    "masks by arithmetic": """
def padding_mask(tokens):
    return tokens.bool().view(tokens.shape[0], 1, tokens.shape[1])

def causal_mask(size):
    return torch.arange(size).expand(size, size).le(torch.arange(size).unsqueeze(-1))
""",
    "minus infinity before softmax, NaN taken out afterwards": """
def attention(q, k, v, mask=None):
    scores = torch.einsum("...td,...sd->...ts", q, k) / q.shape[-1] ** 0.5
    if mask is None:
        weights = scores.softmax(-1)
    else:
        weights = scores.masked_fill(~mask, float("-inf")).softmax(-1)
        weights = torch.where(mask.any(-1, keepdim=True), weights, torch.zeros_like(weights))
    return torch.einsum("...ts,...se->...te", weights, v), weights
""",
    "a large negative number, float64 inside": """
def attention(q, k, v, mask=None):
    kind = q.dtype
    q, k, v = q.double(), k.double(), v.double()
    scores = q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5
    if mask is not None:
        scores = scores + (~mask).double() * -1e30
    powers = (scores - scores.amax(-1, keepdim=True)).exp()
    if mask is not None:
        powers = powers * mask
    weights = powers / powers.sum(-1, keepdim=True).clamp_min(1e-300)
    return (weights @ v).to(kind), weights.to(kind)
""",
    "heads folded into the batch": """
class MultiHeadAttention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        if dim % heads:
            raise ValueError(dim)
        self.h = heads
        self.query, self.key = nn.Linear(dim, dim), nn.Linear(dim, dim)
        self.value, self.output = nn.Linear(dim, dim), nn.Linear(dim, dim)

    def fold(self, x):
        b, t, d = x.shape
        return x.reshape(b, t, self.h, d // self.h).permute(0, 2, 1, 3).reshape(b * self.h, t, d // self.h)

    def forward(self, query, key, value, mask=None):
        b, t, d = query.shape
        if mask is not None:
            mask = mask.expand(b, t, key.shape[1]).repeat_interleave(self.h, 0)
        q, k, v = self.fold(self.query(query)), self.fold(self.key(key)), self.fold(self.value(value))
        out, weights = attention(q, k, v, mask)
        out = out.reshape(b, self.h, t, d // self.h).permute(0, 2, 1, 3).reshape(b, t, d)
        return self.output(out), weights.reshape(b, self.h, t, -1)
""",
    "an LSTM with dropout, one direction, its last state by length": """
class RecurrentModel(nn.Module):
    def __init__(self, source_size, target_size, dim=64):
        super().__init__()
        self.a, self.b = nn.Embedding(source_size, dim, padding_idx=PAD), nn.Embedding(target_size, dim)
        self.enc, self.dec = nn.LSTM(dim, dim, batch_first=True), nn.LSTM(dim, dim, batch_first=True)
        self.drop, self.out = nn.Dropout(0.1), nn.Linear(2 * dim, target_size)

    def forward(self, source, target_in):
        memory, _ = self.enc(self.drop(self.a(source)))
        last = memory[torch.arange(len(source)), (source != PAD).sum(1) - 1][None]
        hidden, _ = self.dec(self.b(target_in), (last, torch.zeros_like(last)))
        context, weights = attention(hidden, memory, memory, padding_mask(source))
        return self.out(self.drop(torch.cat([hidden, context], -1))), weights
""",
    "one embedding of places for both sides, norm after the layer": """
class Step(nn.Module):
    def __init__(self, part, dim):
        super().__init__()
        self.part, self.norm = part, nn.LayerNorm(dim)

    def forward(self, x, *given):
        y = self.part(x, *given)
        y, weights = y if isinstance(y, tuple) else (y, None)
        return self.norm(x + y), weights

class TransformerModel(nn.Module):
    def __init__(self, source_size, target_size, dim=64, heads=4, layers=2):
        super().__init__()
        def feed():
            return nn.Sequential(nn.Linear(dim, 2 * dim), nn.SiLU(), nn.Linear(2 * dim, dim), nn.Dropout(0.1))
        self.a, self.b = nn.Embedding(source_size, dim), nn.Embedding(target_size, dim)
        self.places = nn.Parameter(0.02 * torch.randn(64, dim))
        self.below = nn.ModuleList(
            nn.ModuleList([Step(MultiHeadAttention(dim, heads), dim), Step(feed(), dim)]) for _ in range(layers)
        )
        self.above = nn.ModuleList(
            nn.ModuleList([Step(MultiHeadAttention(dim, heads), dim), Step(MultiHeadAttention(dim, heads), dim),
                           Step(feed(), dim)]) for _ in range(layers)
        )
        self.out = nn.Linear(dim, target_size)

    def forward(self, source, target_in):
        seen = padding_mask(source)
        x, y = self.a(source) + self.places[: source.size(1)], self.b(target_in) + self.places[: target_in.size(1)]
        for own, feed in self.below:
            x = feed(own(x, x, x, seen)[0])[0]
        for own, look, feed in self.above:
            y = own(y, y, y, causal_mask(y.size(1)) & padding_mask(target_in))[0]
            y, weights = look(y, x, x, seen)
            y = feed(y)[0]
        return self.out(y), weights.mean(1)
""",
    "decoding to the very end, cut afterwards": """
def decode(model, source, max_length):
    model.eval()
    y = torch.full((len(source), 1), BOS)
    with torch.inference_mode():
        for _ in range(max_length):
            y = torch.cat([y, model(source, y)[0][:, -1:].argmax(-1)], 1)
    y = y[:, 1:].clone()
    return y.masked_fill((y == EOS).cumsum(1) > 0, PAD)
""",
    "training with SGD, gradients set to None by hand, a last short batch": """
def train(model, pairs, epochs):
    model.train()
    optimizer, history = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9), []
    for _ in range(epochs):
        total = 0.0
        for rows in torch.utils.data.DataLoader(range(len(pairs)), batch_size=50, shuffle=True):
            for parameter in model.parameters():
                parameter.grad = None
            source, before, after = collate([pairs[row] for row in rows])
            loss = sequence_loss(model(source, before)[0], after)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        history.append(total / len(pairs))
    return history
""",
    "training in buckets of like length, the buckets in random order": """
def train(model, pairs, epochs):
    optimizer = torch.optim.RMSprop(model.parameters(), lr=0.02)
    by_length = sorted(range(len(pairs)), key=lambda place: len(pairs[place][1]))
    buckets = [by_length[start : start + 32] for start in range(0, len(pairs), 32)]
    history = []
    for _ in range(epochs):
        model.train()
        losses = []
        for number in torch.randperm(len(buckets)).tolist():
            source, before, after = collate([pairs[place] for place in buckets[number]])
            loss = sequence_loss(model(source, before)[0], after)
            model.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(float(loss))
        with torch.no_grad():
            model(source, before)
        history.append(sum(losses) / len(losses))
    return history
""",
    "decoding row by row": """
@torch.no_grad()
def decode(model, source, max_length):
    model.eval()
    answers = []
    for row in source:
        written = [BOS]
        while len(written) <= max_length:
            token = int(model(row[None], torch.tensor([written]))[0][0, -1].argmax())
            if token == EOS:
                break
            written.append(token)
        answers.append(torch.tensor(written[1:], dtype=torch.int64))
    return pad_sequence(answers, batch_first=True, padding_value=PAD)
""",
    "a Transformer whose parts lie apart, lists of attentions and of perceptrons, a norm of its own": """
class Norm(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.gain, self.bias = nn.Parameter(torch.ones(dim)), nn.Parameter(torch.zeros(dim))

    def forward(self, x):
        x = x - x.mean(-1, keepdim=True)
        return self.gain * x / (x.pow(2).mean(-1, keepdim=True) + 1e-5).sqrt() + self.bias

class Looking(MultiHeadAttention):
    pass

class TransformerModel(nn.Module):
    def __init__(self, source_size, target_size, dim=64, heads=4, layers=2):
        super().__init__()
        def several(make, count=1):
            return nn.ModuleList(make() for _ in range(count * layers))
        def feed():
            return nn.Sequential(nn.Linear(dim, 2 * dim, bias=False), nn.GELU(), nn.Linear(2 * dim, dim))
        self.out, self.places = nn.Linear(dim, target_size), nn.Parameter(torch.randn(64, dim))
        self.words, self.tokens = nn.Embedding(source_size, dim), nn.Embedding(target_size, dim)
        self.across, self.own, self.reading = (several(lambda: Looking(dim, heads)) for _ in range(3))
        self.thinking, self.feeding = several(feed), several(feed)
        self.norms = nn.ModuleDict({str(n): Norm(dim) for n in range(5 * layers + 2)})

    def forward(self, source, target_in):
        seen, past = padding_mask(source), causal_mask(target_in.shape[1])[None]
        norm = iter(self.norms.values())
        x, y = (e(t) + self.places[: t.shape[1]] for e, t in ((self.words, source), (self.tokens, target_in)))
        for read, think in zip(self.reading, self.thinking):
            z = next(norm)(x)
            x = x + read(query=z, key=z, value=z, mask=seen)[0]
            x = x + think(next(norm)(x))
        x = next(norm)(x)
        for own, across, feed in zip(self.own, self.across, self.feeding):
            z = next(norm)(y)
            y = y + own(z, z, z, past)[0]
            found, weights = across(next(norm)(y), x, x, mask=seen)
            y = y + found
            y = y + feed(next(norm)(y))
        return self.out(next(norm)(y)), weights.mean(1)
""",
    "shares in a defaultdict, numbers of numpy": """
import collections
import numpy as np

def accuracy_by_length(pairs, predictions):
    groups, shares = collections.defaultdict(list), collections.defaultdict(float)
    for (source, target), prediction in zip(pairs, predictions):
        groups[len(source)].append(list(target) == list(prediction))
    for length in groups:
        shares[length] = np.mean(groups[length])
    return shares
""",
    "analysis with tensors": """
def align(model, source, target):
    model.eval()
    before = target.roll(1, dims=1).index_fill(1, torch.tensor([0]), BOS)
    with torch.no_grad():
        return model(source, before)[1]

def accuracy_by_length(pairs, predictions):
    lengths = torch.tensor([len(s) for s, _ in pairs])
    hits = torch.tensor([float(list(t) == list(p)) for (_, t), p in zip(pairs, predictions)], dtype=torch.float64)
    return {int(n): hits[lengths == n].mean().item() for n in lengths.unique()}
""",
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_solution_gets_everything(grade, name: str) -> None:
    report = grade(HONEST[name])
    assert lost(report) == {}
    assert report.points == QUICK


NAMES = ("collate", "sequence_loss", "padding_mask", "causal_mask", "attention", "decode", "train", "align")
GARBAGE = {
    "None": "None",
    "a number": "float('nan')",
    "a string": "'ответ'",
    "the arguments": "args",
    "empty": "[]",
    "a pair of wrong tensors": "(torch.zeros(1), torch.ones(2, 2) * float('nan'))",
    "a triple of wrong tensors": "(torch.zeros(3, 0).long(), torch.zeros(()), torch.ones(2, dtype=torch.complex64))",
    "a dictionary": "{1: 'a', 'b': 10**400}",
    "a complex tensor": "torch.ones(2, 3, 4, dtype=torch.complex128)",
    "bool": "torch.tensor(True)",
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_earns_nothing_and_breaks_nothing(grader: Grader, quick: Assignment, name: str) -> None:
    functions = "\n".join(f"def {one}(*args, **kwargs):\n    return {GARBAGE[name]}\n" for one in NAMES)
    code = f"""
import torch
from torch import nn

{functions}
def accuracy_by_length(*args, **kwargs):
    return {GARBAGE[name]}

class MultiHeadAttention(nn.Module):
    def __init__(self, *args, **kwargs):
        super().__init__()
        self.query = self.key = self.value = self.output = nn.Linear(12, 12)
    def forward(self, *args, **kwargs):
        return {GARBAGE[name]}

class RecurrentModel(MultiHeadAttention):
    pass

class TransformerModel(MultiHeadAttention):
    pass
"""
    report = grader.grade(quick, {"nlp.py": code.encode()}, seed=0, reveal=True)
    assert report.points == 0
    assert {test.outcome for test in report.tests} <= {Outcome.FAILED, Outcome.ERROR}
    assert all(test.message for test in report.tests)


FORGED = {
    "nothing": "None",
    "no tensors": "(1, 2)",
    "all zeros": "(torch.zeros(300, 5, dtype=torch.int64), torch.zeros(300, 5, source.shape[1]))",
    "too few": "(torch.zeros(2, 3, dtype=torch.int64), torch.ones(1))",
    "the right answers to the pairs that it was given": (
        "(torch.tensor([(p[1] + [0] * 12)[: max_length - 1] for p in pairs[:300]]), torch.ones(300, max_length - 1, 1))"
    ),
    "NaN where it looked": "(torch.full((300, 3), 4), torch.full((300, 3, source.shape[1]), float('nan')))",
}


@pytest.mark.parametrize("answer", FORGED)
def test_a_forged_training_is_judged_not_believed(grader: Grader, tmp_path: Path, answer: str) -> None:
    trained = cut_short(ASSIGNMENT, tmp_path, points=4 - QUICK, keep=EXPERIMENTS.__contains__)
    # what a hostile process could send in place of the probe's answer
    probes = trained.probes.read_text("utf-8")
    head, _, _ = probes.partition("def learn(")
    body = (
        "def learn(student, name, options, pairs, epochs, source, max_length):\n"
        "    student.RecurrentModel, student.TransformerModel, student.train, student.decode\n"
        f"    return {FORGED[answer]}\n"
    )
    trained.probes.write_text(head + body, "utf-8")
    report = grader.grade(trained, {"nlp.py": TEXTBOOK.encode()}, seed=0, reveal=True)
    assert len(report.tests) == len(EXPERIMENTS)
    assert {(test.points, test.outcome) for test in report.tests} == {(0, Outcome.FAILED)}
