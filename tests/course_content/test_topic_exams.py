"""The code in the practical problems of the exam, run: what a solution says of it is so.

A problem about mistakes is repaired one mistake after another, and each is seen to have done the harm that is named.
"""

import math
import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from tests.course_content.reports import HOMEWORK
from torch import nn
from torch.nn import functional

from kafedra.course.topics import load_topic

TOPICS = HOMEWORK.parent / "topics"
UNDER_NO_GRAD = "with torch.no_grad():\n    accuracy ="


def problem(topic: str, slug: str) -> tuple[str, str]:
    """The code of the statement (or nothing) and the solution."""
    (found,) = [one for one in load_topic(TOPICS / topic).exam.practice if one.slug == slug]
    code = re.findall(r"```python\n(.*?)```", found.statement, re.DOTALL)
    return "\n".join(code), found.solution


def pieces(solution: str) -> list[str]:
    return re.findall(r"`([^`]+)`", solution)


def changed(code: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert code.count(old) == 1, f"the problem reads otherwise now: {old}"
        code = code.replace(old, new)
    return code


def run(code: str, **names: Any) -> SimpleNamespace:
    names = {"torch": torch, "nn": nn, "np": np, "functional": functional, **names}
    exec(code, names)
    return SimpleNamespace(**names)


def test_two_layers_in_matrices() -> None:
    _, solution = problem("01-backprop", "two-layer-matrices")
    steps = [one for one in pieces(solution) if " = " in one]
    generator = torch.Generator().manual_seed(0)
    x, w1, w2, t = (
        torch.randn(size, generator=generator, dtype=torch.float64, requires_grad=True)
        for size in ((5, 3), (3, 4), (4, 2), (5, 2))
    )
    (0.5 * ((torch.tanh(x @ w1) @ w2 - t) ** 2).sum()).backward()
    X, W1, W2, T = (one.detach().numpy() for one in (x, w1, w2, t))  # noqa: N806  the letters of the problem
    H = np.tanh(X @ W1)  # noqa: N806  likewise
    found = run("\n".join(steps), X=X, W2=W2, T=T, H=H, Y=H @ W2)
    assert np.allclose(found.dW1, w1.grad)
    assert np.allclose(found.dW2, w2.grad)
    shapes = re.findall(r"`(\w+) = [^`]*` \(\$(\w) \\times (\w)\$\)", solution)
    sizes = {"B": 5, "n": 3, "k": 4, "m": 2}
    assert {name: getattr(found, name).shape for name, *_ in shapes} == {
        name: (sizes[rows], sizes[columns]) for name, rows, columns in shapes
    }
    assert len(shapes) == 5


class Value:
    """As much of the seminar's number as the problem needs."""

    def __init__(self, data: float, parents: tuple = ()) -> None:
        self.data, self.parents, self.grad = data, parents, 0.0


def test_division_and_the_exponential() -> None:
    _, solution = problem("01-backprop", "new-operation")
    quotient, first, second, exponential, only = [one for one in pieces(solution) if "=" in one]
    for start in (Value(3.0), Value(-0.7)):
        same = run(f"{quotient}\nout.grad = 1.0\n{first}\n{second}", a=start, b=start, Value=Value)
        assert (same.out.data, start.grad) == (1, pytest.approx(0))  # a / a
    a, b = Value(1.5), Value(-2.0)
    out = run(f"{quotient}\nout.grad = 3.0\n{first}\n{second}", a=a, b=b, Value=Value).out
    assert (out.data, out.parents, a.grad, b.grad) == (-0.75, (a, b), 3 / -2.0, -3 * 1.5 / 4)
    a = Value(0.5)
    out = run(f"{exponential}\nout.grad = 3.0\n{only}", a=a, Value=Value, math=math).out
    assert (out.data, a.grad) == (math.exp(0.5), 3 * math.exp(0.5))


def test_the_seven_mistakes_of_a_loop() -> None:
    code, _ = problem("02-training-loop", "loop-find-bugs")
    generator = torch.Generator().manual_seed(0)
    y = torch.arange(60) % 3
    x = torch.randn(60, 4, generator=generator) + 3 * functional.one_hot(y, 4)
    batches = list(zip(x.split(20), y.split(20), strict=True))

    def after(code: str, epochs: int = 1) -> SimpleNamespace:
        torch.manual_seed(0)
        model = nn.Sequential(nn.Linear(4, 3), nn.Dropout(0.0)).eval()
        start = model[0].weight.detach().clone()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
        for _ in range(epochs):
            names = run(code, model=model, optimizer=optimizer, loader=batches, test_x=x, test_y=y, total=0)
        return SimpleNamespace(**vars(names), moved=(model[0].weight - start).detach(), start=start)

    with pytest.raises(RuntimeError, match="size of tensor"):
        after(code)  # argmax(0): an answer for each class, not for each example
    code = changed(code, ("argmax(0)", "argmax(1)"))
    assert after(code).total.requires_grad
    code = changed(code, ("total += loss", "total += loss.item() * len(y)"))
    only = changed(code, ("loss.backward()", "loss.backward()\n    break"))
    assert not after(only).moved.any()  # the first step has no gradient to go by
    code = changed(code, ("    optimizer.step()\n    loss.backward()\n", "    loss.backward()\n    optimizer.step()\n"))
    kept = after(code).model[0].weight.grad.clone()
    code = changed(code, ("    loss.backward()", "    optimizer.zero_grad()\n    loss.backward()"))
    assert not torch.allclose(kept, after(code).model[0].weight.grad)
    twice = after(code, epochs=60)
    assert twice.loss.item() > 0.55  # e² and e⁰ among three: −ln(e / (e + 2)) is the least there is
    code = changed(code, ("torch.softmax(model(x), dim=1)", "model(x)"))
    assert after(code, epochs=60).loss.item() < 0.3
    modes: list[tuple[bool, bool]] = []
    code = changed(
        code, ("for x, y", "model.train()\nfor x, y"), ("accuracy =", "with torch.no_grad():\n    accuracy =")
    )
    model = nn.Linear(4, 3).eval()
    model.register_forward_hook(lambda module, *_: modes.append((module.training, torch.is_grad_enabled())))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    run(code, model=model, optimizer=optimizer, loader=batches, test_x=x, test_y=y, total=0)
    assert modes == [(True, True)] * 3 + [(False, False)]


def test_a_loss_that_does_not_overflow() -> None:
    _, solution = problem("02-training-loop", "loop-lse-code")
    steps = [one for one in pieces(solution) if "=" in one]
    for z in (np.random.default_rng(0).normal(size=(6, 4)), 1e4 * np.random.default_rng(1).normal(size=(6, 4))):
        y = np.array([0, 3, 1, 1, 2, 0])
        given = torch.tensor(z, requires_grad=True)
        loss = functional.cross_entropy(given, torch.tensor(y))
        loss.backward()
        found = run("\n".join(steps), z=z.copy(), y=y)
        assert found.loss == pytest.approx(loss.item())
        gradient = found.p / len(y)
        assert np.isfinite(gradient).all()
        assert np.allclose(gradient, given.grad)
        assert np.allclose(gradient.sum(1), 0)
    assert "loss, p / len(y)" in pieces(solution)


def test_the_six_mistakes_of_dropout_and_training() -> None:
    code, solution = problem("03-optimization", "opt-find-bugs")
    kinds: list[type] = []

    def train(net: nn.Module, optimizer: torch.optim.Optimizer) -> None:
        kinds.append(type(optimizer))

    given = {"train": train, "test_x": torch.zeros(7, 64), "test_y": torch.zeros(7, dtype=torch.long)}
    ones = torch.ones(400, 500)
    torch.manual_seed(0)
    names = run(code, **given)
    drop = names.Drop(0.2)
    assert (drop(ones) == 0).float().mean().item() == pytest.approx(0.8, abs=0.1)
    assert len(drop(ones).unique(dim=0)) == 1  # one mask for the batch
    assert (drop.eval()(ones) == 0).any()
    assert (names.net(torch.rand(400, 64)) == 0).any()  # logits are put out
    names.accuracy.item()
    assert kinds == [torch.optim.Adam]
    assert {">= p", "rand_like(x)", "self.training", "AdamW"} <= set(pieces(solution))
    code = changed(
        code,
        ("mask = (torch.rand(x.shape[1]) < self.p)", "mask = (torch.rand_like(x) >= self.p)"),
        (
            "    def forward(self, x):  # (B, n)\n",
            "    def forward(self, x):\n        if not self.training:\n            return x\n",
        ),
        (", nn.Linear(99, 10), Drop(0.2))", ", nn.Linear(99, 10))"),
        ("optim.Adam(", "optim.AdamW("),
        ("accuracy =", f"net.eval()\n{UNDER_NO_GRAD}"),
    )
    names = run(code, **given)
    drop = names.Drop(0.2)
    assert drop(ones).mean().item() == pytest.approx(1, abs=0.01)
    assert len(drop(ones).unique(dim=0)) == 400
    assert torch.equal(drop.eval()(ones), ones)
    assert not (names.net.train()(torch.rand(400, 64)) == 0).any()
    assert kinds[-1] is torch.optim.AdamW


def test_the_six_mistakes_of_a_convolutional_network() -> None:
    code, _ = problem("04-cnn", "cnn-find-bugs")
    torch.manual_seed(0)
    x = torch.rand(6, 1, 9, 9)
    with pytest.raises(RuntimeError, match="size of tensor"):
        run(code, test_x=x)
    code = code.replace("nn.Conv2d(c, c, 3, bias=False)", "nn.Conv2d(c, c, 3, padding=1, bias=False)")
    names = run(code, test_x=x)
    assert names.net[1] is names.net[10]
    assert names.net[1].norm.num_batches_tracked == 20  # the maps of two convolutions in ten calls, even under no_grad
    block, given = names.Block(8), torch.rand(2, 8, 5, 5)
    before = given.clone()
    answer = block(given)
    assert not torch.equal(given, before)
    assert (answer >= before).all()  # the correction only adds
    code = changed(
        code,
        ("        self.b = nn", "        self.other = nn.BatchNorm2d(c)\n        self.b = nn"),
        ("torch.relu(self.norm(self.b(y)))", "self.other(self.b(y))"),
        ("        x += y\n        return torch.relu(x)", "        return torch.relu(x + y)"),
        ("[Block(8)] * 10", "[Block(8) for _ in range(10)]"),
        ("with torch.no_grad()", "net.eval()\nwith torch.no_grad()"),
    )
    names = run(code, test_x=x)
    block, given = names.Block(8), before.clone()
    answer = block(given)
    assert torch.equal(given, before)
    assert (answer < before).any()
    assert names.net[1] is not names.net[10]
    assert all(one.num_batches_tracked == 0 for one in names.net.modules() if isinstance(one, nn.BatchNorm2d))
    alone = torch.cat([names.net(one) for one in x.split(1)])
    assert torch.allclose(names.answer, alone, atol=1e-5)


def test_a_convolution_by_the_points_of_its_kernel() -> None:
    _, solution = problem("04-cnn", "cnn-conv-code")
    sizes, forward, gradient = [one for one in pieces(solution) if " = " in one]
    generator = torch.Generator().manual_seed(0)
    x, w, g = (
        torch.randn(size, generator=generator, dtype=torch.float64) for size in ((3, 7, 6), (4, 3, 3, 3), (4, 5, 4))
    )
    w.requires_grad_()
    answer = functional.conv2d(x[None], w)[0]
    (answer * g).sum().backward()
    given = {"H": 7, "W": 6, "k": 3, "x": x.numpy(), "w": w.detach().numpy(), "g": g.numpy()}
    assert np.allclose(run(f"{sizes}\n{forward}", **given).y, answer.detach())
    loop = f"{sizes}\ngrad = np.zeros_like(w)\nfor a in range(k):\n    for b in range(k):\n        {gradient}"
    assert np.allclose(run(loop, **given).grad, w.grad)


def test_every_practical_problem_has_points_for_its_parts() -> None:
    for folder in sorted(TOPICS.glob("[0-9]*")):
        for one in load_topic(folder).exam.practice:
            assert len(one.marks) >= 2, f"{folder.name}: {one.slug}"
