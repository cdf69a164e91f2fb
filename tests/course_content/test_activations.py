"""The assignment `activations`: every honest solution gets everything, in whatever style it is written.

That every mutant dies is proven by `kafedra assignment verify`.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.course_content.reports import HOMEWORK, lost

from kafedra.course import Assignment
from kafedra.grading import Grader, Outcome, Report
from kafedra.notebooks import build_solution_notebook

ASSIGNMENT = "activations"
ROOT = HOMEWORK / ASSIGNMENT
# a student's own derivative: `x` is what forward saw, `g` what comes from above
FUNCTION = (
    "class Own(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n"
    "        ctx.save_for_backward(x)\n        return {value}\n    @staticmethod\n    def backward(ctx, g):\n"
    "        (x,) = ctx.saved_tensors\n        return {slope}\n\n"
)
FORMULAS = (ROOT / "solutions" / "formulas.py").read_text("utf-8")


@pytest.fixture
def grade(grader: Grader, assignment: Assignment):
    """``grade(code)``: the report on the textbook solution with ``code`` below it."""

    def run(code: str, seed: int = 0) -> Report:
        text = f"{FORMULAS}\n\n{code}\n"
        return grader.grade(assignment, {"activations.py": text.encode()}, seed=seed, reveal=True)

    return run


def module(name: str, body: str, parameter: str = "") -> str:
    start = f"    def __init__(self, {parameter}):\n        super().__init__()\n" if parameter else ""
    if parameter:
        own = parameter.partition("=")[0]
        start += f"        self.{own} = {own}\n"
    lines = "".join(f"        {line}\n" for line in body.split("\n"))
    return f"class {name}(nn.Module):\n{start}    def forward(self, x):\n{lines}"


HONEST = {
    "relu where": module("MyReLU", "return torch.where(x > 0, x, 0)"),
    "relu where with zeros": module("MyReLU", "return torch.where(x > 0, x, torch.zeros_like(x))"),
    "relu mask": module("MyReLU", "return x * (x > 0)"),
    "relu mask of the same type": module("MyReLU", "return x * (x > 0).to(x.dtype)"),
    "relu maximum": module("MyReLU", "return torch.maximum(x, torch.zeros_like(x))"),
    "relu absolute value": module("MyReLU", "return (x + torch.abs(x)) / 2"),
    "relu copy": module("MyReLU", "y = x.clone()\ny[y < 0] = 0\nreturn y"),
    "relu masked_fill": module("MyReLU", "return x.masked_fill(x < 0, 0)"),
    "relu clamp_min": module("MyReLU", "return x.clamp_min(0)"),
    "relu heaviside": module("MyReLU", "return x * torch.heaviside(x.detach(), x.new_zeros(()))"),
    "relu function factory": "def MyReLU():\n    return lambda x: x.clamp(min=0)",
    "relu class with forward only": "class MyReLU:\n    def forward(self, x):\n        return x.clamp(min=0)",
    "relu by another name": "class Layer(nn.Module):\n    def forward(self, x): return x.clamp(min=0)\nMyReLU = Layer",
    "leaky maximum": module("MyLeakyReLU", "return torch.maximum(x, self.negative_slope * x)", "negative_slope=0.01"),
    "leaky two clamps": module(
        "MyLeakyReLU", "return x.clamp(min=0) + self.negative_slope * x.clamp(max=0)", "negative_slope=0.01"
    ),
    "leaky masks": module(
        "MyLeakyReLU", "return (x > 0) * x + self.negative_slope * x * (x <= 0)", "negative_slope=0.01"
    ),
    "leaky factor": module(
        "MyLeakyReLU",
        "factor = torch.ones_like(x)\nfactor[x < 0] = self.negative_slope\nreturn factor * x",
        "negative_slope=0.01",
    ),
    "leaky keyword only": module("MyLeakyReLU", "return x.where(x > 0, self.slope * x)").replace(
        "    def forward",
        "    def __init__(self, *, negative_slope=1e-2):\n        super().__init__()\n"
        "        self.slope = negative_slope\n    def forward",
    ),
    "sigmoid logaddexp": module("MySigmoid", "return torch.exp(-torch.logaddexp(torch.zeros_like(x), -x))"),
    "sigmoid clamped": module("MySigmoid", "return 1 / (1 + torch.exp(-torch.clamp(x, -80, 80)))"),
    "sigmoid two branches": module(
        "MySigmoid",
        "e = torch.exp(x.clamp(max=0))\nreturn torch.where(x >= 0, 1 / (1 + torch.exp(-x.clamp(min=0))), e / (1 + e))",
    ),
    "sigmoid softmax": module("MySigmoid", "return torch.softmax(torch.stack([torch.zeros_like(x), x]), 0)[1]"),
    "sigmoid by parts": module(
        "MySigmoid",
        "y = torch.empty_like(x)\np = x >= 0\ny[p] = 1 / (1 + torch.exp(-x[p]))\n"
        "e = torch.exp(x[~p])\ny[~p] = e / (1 + e)\nreturn y",
    ),
    "elu two clamps": module(
        "MyELU", "return x.clamp(min=0) + self.alpha * (torch.exp(x.clamp(max=0)) - 1)", "alpha=1.0"
    ),
    "elu minimum": module(
        "MyELU",
        "z = torch.zeros_like(x)\nreturn torch.maximum(x, z) + self.alpha * (torch.exp(torch.minimum(x, z)) - 1)",
        "alpha=1.0",
    ),
    "elu by parts": module(
        "MyELU", "y = x.clone()\nn = x < 0\ny[n] = self.alpha * torch.expm1(x[n])\nreturn y", "alpha=1.0"
    ),
    "relu dataclass": (
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass MyReLU:\n    inplace: bool = False\n"
        "    def __call__(self, x):\n        return x.clip(0)"
    ),
    "relu by itself, number by number": module(
        "MyReLU",
        "flat = x.reshape(-1)\nif not len(flat):\n    return x.clone()\n"
        "return torch.stack([v if v > 0 else v * 0 for v in flat]).reshape(x.shape)",
    ),
    "relu einsum": module("MyReLU", "return torch.einsum('...,...->...', x, (x > 0).to(x.dtype))"),
    "relu own derivative": FUNCTION.format(value="x.clamp(min=0)", slope="torch.where(x > 0, g, 0)")
    + module("MyReLU", "return Own.apply(x)"),
    "relu own derivative on a copy": FUNCTION.format(value="x.clamp(min=0)", slope="g.clone().masked_fill_(x <= 0, 0)")
    + module("MyReLU", "return Own.apply(x)"),
    "leaky buffer": module(
        "MyLeakyReLU", "return torch.where(x > 0, x, self.slope.to(x.dtype) * x)", "negative_slope=0.01"
    ).replace(
        "self.negative_slope = negative_slope",
        "self.register_buffer('slope', torch.tensor(negative_slope, dtype=torch.float64))",
    ),
    "leaky half and half": module(
        "MyLeakyReLU",
        "a = self.negative_slope\nreturn (1 + a) / 2 * x + (1 - a) / 2 * x.abs()",
        "negative_slope=0.01",
    ),
    "sigmoid clamped closer": module("MySigmoid", "return 1 / (1 + torch.exp(-torch.clamp(x, -40, 40)))"),
    "sigmoid float64 inside": module(
        "MySigmoid", "return (1 / (1 + torch.exp(-x.double().clamp(-700, 700)))).to(x.dtype)"
    ),
    "sigmoid own derivative": FUNCTION.format(
        value="(1 + torch.tanh(x / 2)) / 2", slope="g * (1 - torch.tanh(x / 2) ** 2) / 4"
    )
    + module("MySigmoid", "return Own.apply(x)"),
    "elu clamped a little above": module(
        "MyELU", "return torch.where(x > 0, x, self.alpha * (torch.exp(x.clamp(max=20)) - 1))", "alpha=1.0"
    ),
    "elu of the absolute value": module(
        "MyELU", "return torch.where(x > 0, x, self.alpha * (torch.exp(-x.abs()) - 1))", "alpha=1.0"
    ),
    "elu on top of relu": module("MyELU", "r = MyReLU()\nreturn r(x) + self.alpha * torch.expm1(-r(-x))", "alpha=1.0"),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_solution_gets_everything(grade, name: str) -> None:
    report = grade(HONEST[name])
    assert lost(report) == {}
    assert report.points == 1


GARBAGE = {
    "None": "None",
    "text": "'relu'",
    "a list": "x.tolist()",
    "an array": "x.detach().numpy()",
    "a pair": "(x, x)",
    "a dict": "{'x': x}",
    "a module": "self",
    "a number": "0.5",
    "another shape": "x.reshape(-1)",
    "one number for all": "x.sum()",
    "integers": "x.long()",
    "complex": "x.to(torch.complex128)",
    "bool": "x > 0",
    "NaN": "x * float('nan')",
    "infinity": "x + float('inf')",
    "the input": "x",
    "the absolute value": "x.abs()",
    "zeros": "x * 0",
    "ones": "x * 0 + 1",
    "noise": "torch.rand_like(x)",
}
CLASSES = ("MyReLU", "MyLeakyReLU", "MySigmoid", "MyELU")


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_earns_nothing_and_breaks_nothing(grade, name: str) -> None:
    code = "\n\n".join(
        f"class {layer}(nn.Module):\n    def __init__(self, *args, **kwargs):\n        super().__init__()\n"
        f"    def forward(self, x):\n        return {GARBAGE[name]}"
        for layer in CLASSES
    )
    report = grade(code)
    assert report.points == 0
    assert {test.outcome for test in report.tests} <= {Outcome.FAILED, Outcome.ERROR}
    assert all(test.message for test in report.tests)


@pytest.mark.parametrize("seed", range(5))
def test_the_notebooks_own_answers_get_everything(grader, assignment, tmp_path, seed: int) -> None:
    build_solution_notebook(assignment, tmp_path / assignment.notebook)
    files = {assignment.notebook: (tmp_path / assignment.notebook).read_bytes()}
    assert lost(grader.grade(assignment, files, seed=seed, reveal=True)) == {}


def test_three_functions_of_four_keep_their_points(grade) -> None:
    report = grade("MyELU = None")
    assert report.points == Decimal("0.725")


def test_public_tests_alone_are_worth_most_of_it(grader, assignment) -> None:
    report = grader.grade(assignment, {"activations.py": FORMULAS.encode()}, seed=0, public_only=True)
    assert report.points == report.max_points == Decimal("0.8")
