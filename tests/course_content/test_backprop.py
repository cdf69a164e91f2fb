"""The assignment `backprop`: what its tests expect is what autograd says, and every honest solution gets everything.

That every mutant dies is proven by `kafedra assignment verify`.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from itertools import pairwise
from types import ModuleType

import numpy as np
import pytest
import torch
from tests.course_content.reports import HOMEWORK, lost

from kafedra.course import Assignment
from kafedra.grading import Grader, Report

ASSIGNMENT = "backprop"
ROOT = HOMEWORK / ASSIGNMENT
TEXTBOOK = (ROOT / "solutions" / "textbook.py").read_text("utf-8")


@pytest.fixture(scope="module")
def expected() -> ModuleType:
    """What the tests of the assignment compare with; a module that nothing else imports under this name."""
    spec = importlib.util.spec_from_file_location("backprop_expected", ROOT / "tests" / "expected.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def grade(grader: Grader, assignment: Assignment) -> Callable[[str], Report]:
    """``grade(code)``: the report on the textbook solution with ``code`` below it."""

    def run(code: str) -> Report:
        return grader.grade(assignment, {"backprop.py": f"{TEXTBOOK}\n\n{code}\n".encode()}, seed=0, reveal=True)

    return run


def test_the_expected_gradients_are_those_of_autograd(expected: ModuleType) -> None:
    generator = np.random.default_rng(0)
    sizes = (4, 5, 6, 3)
    blocks = [{"w": generator.normal(size=(n, m)), "b": generator.normal(size=m)} for n, m in pairwise(sizes)]
    for block in blocks[:-1]:
        width = block["b"].size
        block |= {"gamma": generator.normal(size=width), "beta": generator.normal(size=width)}
    x, labels = generator.normal(size=(8, 4)), generator.integers(3, size=8)
    loss, gradients = expected.network(blocks, x, labels)
    leaves = [{name: torch.tensor(value, requires_grad=True) for name, value in block.items()} for block in blocks]
    z = torch.tensor(x)
    for leaf in leaves[:-1]:
        z = z @ leaf["w"] + leaf["b"]
        z = torch.relu(torch.nn.functional.batch_norm(z, None, None, leaf["gamma"], leaf["beta"], training=True))
    theirs = torch.nn.functional.cross_entropy(z @ leaves[-1]["w"] + leaves[-1]["b"], torch.tensor(labels))
    theirs.backward()
    assert loss == pytest.approx(theirs.item(), rel=1e-12)
    for leaf, found in zip(leaves, gradients, strict=True):
        for name, value in leaf.items():
            assert value.grad is not None
            np.testing.assert_allclose(found[name], value.grad.numpy(), rtol=1e-9, atol=1e-12)


HONEST = {
    "one pass of differences over a flat copy": """
def numerical_gradient(f, x, h=1e-5):
    flat = np.ravel(x).astype(float)
    unit = np.eye(flat.size) * h
    slopes = [(f((flat + e).reshape(x.shape)) - f((flat - e).reshape(x.shape))) / (2 * h) for e in unit]
    return np.array(slopes).reshape(x.shape)
""",
    "one-hot labels": """
def cross_entropy_forward(logits, labels):
    top = logits.max(axis=1, keepdims=True)
    target = np.eye(logits.shape[1], dtype=logits.dtype)[labels]
    total = np.exp(logits - top).sum(axis=1, keepdims=True)
    loss = (np.log(total) - ((logits - top) * target).sum(axis=1, keepdims=True)).mean()
    return loss, (np.exp(logits - top) / total, target)


def cross_entropy_backward(g, cache):
    p, target = cache
    return (p - target) * g / p.shape[0]
""",
    "the formula of the paper, everything multiplied by B": """
def batchnorm_backward(g, cache):
    normal, scale, gamma = cache
    count = g.shape[0]
    dgamma, dbeta = np.einsum("bm,bm->m", g, normal), np.add.reduce(g)
    return gamma * scale / count * (count * g - dbeta - normal * dgamma), dgamma, dbeta
""",
    "var with its keepdims, rsqrt by a power": """
def batchnorm_forward(x, gamma, beta, eps=1e-5):
    scale = (x.var(axis=0, keepdims=True) + eps) ** -0.5
    normal = (x - x.mean(axis=0, keepdims=True)) * scale
    return normal * gamma + beta, (normal, scale, gamma)
""",
    "recursion in place of a list of caches": """
def loss_and_gradients(blocks, x, labels):
    loss, gradients, _ = descend(blocks, x, labels)
    return loss, gradients


def descend(blocks, x, labels):
    first, *rest = blocks
    y, linear = linear_forward(x, first["w"], first["b"])
    if not rest:
        loss, cache = cross_entropy_forward(y, labels)
        g, w, b = linear_backward(cross_entropy_backward(1, cache), linear)
        return loss, [{"w": w, "b": b}], g
    y, norm = batchnorm_forward(y, first["gamma"], first["beta"])
    y, relu = relu_forward(y)
    loss, below, g = descend(rest, y, labels)
    g, gamma, beta = batchnorm_backward(relu_backward(g, relu), norm)
    g, w, b = linear_backward(g, linear)
    return loss, [{"beta": beta, "gamma": gamma, "b": b, "w": w}, *below], g
""",
    "a loop over examples": """
def linear_backward(g, cache):
    x, w = cache
    dw = np.zeros_like(w)
    for row, above in zip(x, g):
        dw += np.outer(row, above)
    return np.stack([w @ above for above in g]), dw, sum(g)
""",
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_solution_gets_everything(grade: Callable[[str], Report], name: str) -> None:
    report = grade(HONEST[name])
    assert lost(report) == {}
    assert report.notes == ()
