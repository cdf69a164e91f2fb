"""The assignment `dropout`: every honest solution gets everything, in whatever style it is written.

That every mutant dies is proven by `kafedra assignment verify`. So is the experiment, which trains networks for seconds
and is left out here: only what a forged training returns is judged.
"""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest
from tests.course_content.reports import HOMEWORK, lost

from kafedra.course import Assignment, load_assignment
from kafedra.grading import Grader, Outcome, Report

ASSIGNMENT = "dropout"
ROOT = HOMEWORK / ASSIGNMENT
QUICK = Decimal("0.7")


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The assignment without its experiment, worth 0.7."""
    folder = tmp_path_factory.mktemp("course") / "dropout"
    ignored = shutil.ignore_patterns("test_experiment.py", "mutants", "solutions", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=ignored)
    description = folder / "assignment.toml"
    description.write_text(description.read_text("utf-8").replace("points = 1\n", f"points = {QUICK}\n"), "utf-8")
    return load_assignment(folder)


@pytest.fixture
def grade(grader: Grader, quick: Assignment):
    """``grade(code)``: the report on ``code``, without the experiment."""

    def run(code: str, seed: int = 0) -> Report:
        text = f"import torch\nfrom torch import nn\n\n{code}\n"
        return grader.grade(quick, {"dropout.py": text.encode()}, seed=seed, reveal=True)

    return run


def layer(body: str, parameters: str = "p=0.5, inplace=False", start: str = "") -> str:
    lines = "".join(f"        {line}\n" for line in body.split("\n"))
    return (
        f"class DropoutLayer(nn.Module):\n    def __init__(self, {parameters}):\n        super().__init__()\n"
        '        if not 0 <= p <= 1:\n            raise ValueError("p")\n'
        f"        self.p = p\n        self.inplace = inplace\n{start}\n"
        f"    def forward(self, x):\n        if not self.training:\n            return x\n{lines}"
    )


ZERO = "if self.p == 1:\n    return x.zero_() if self.inplace else x * 0\n"
WRITE = "\nreturn x.copy_(y) if self.inplace else y"

HONEST = {
    "bernoulli": layer(f"{ZERO}y = x * torch.bernoulli(torch.full_like(x, 1 - self.p)) / (1 - self.p){WRITE}"),
    "bernoulli in float32": layer(
        f"{ZERO}y = x * torch.bernoulli(torch.full(x.shape, 1 - self.p)) / (1 - self.p){WRITE}"
    ),
    "where": layer(f"{ZERO}y = torch.where(torch.rand_like(x) < self.p, torch.zeros_like(x), x / (1 - self.p)){WRITE}"),
    "zeros at p = 1, out of the graph": layer(
        "if self.p == 1 and not self.inplace:\n    return torch.zeros_like(x)\n"
        f"y = x * (torch.rand_like(x) >= self.p) / max(1 - self.p, 1e-12){WRITE}"
    ),
    "mask with the scale inside": layer(
        f"{ZERO}m = (torch.rand_like(x) > self.p).to(x.dtype) / (1 - self.p)\ny = m * x{WRITE}"
    ),
    "a copy written by index": layer(
        f"{ZERO}y = x.clone()\ny[torch.rand_like(x) < self.p] = 0\ny = y / (1 - self.p){WRITE}"
    ),
    "a distribution": layer(
        f"{ZERO}m = torch.distributions.Bernoulli(probs=1 - self.p).sample(x.shape)\ny = x * m / (1 - self.p){WRITE}"
    ),
    "uniform_ on an empty tensor": layer(
        f"{ZERO}m = torch.empty(x.shape).uniform_() > self.p\ny = x.masked_fill(~m, 0) / (1 - self.p){WRITE}"
    ),
    "a generator seeded from torch": layer(
        f"{ZERO}g = torch.Generator().manual_seed(torch.randint(2**60, ()).item())\n"
        f"y = x * (torch.rand(x.shape, generator=g) >= self.p) / (1 - self.p){WRITE}"
    ),
    "a loop over rows": layer(
        f"{ZERO}y = x.reshape(-1, x.shape[-1] if x.ndim and x.numel() else 1)\n"
        "y = torch.stack([row * (torch.rand_like(row) >= self.p) for row in y]) if len(y) else y\n"
        f"y = y.reshape(x.shape) / (1 - self.p){WRITE}"
    ),
    "scaled first": layer(f"{ZERO}y = x / (1 - self.p) * (torch.rand_like(x) >= self.p){WRITE}"),
    "einsum": layer(
        f"{ZERO}m = (torch.rand_like(x) >= self.p).to(x.dtype)\n"
        f"y = torch.einsum('...,...->...', x, m) / (1 - self.p){WRITE}"
    ),
    "float64 inside": layer(
        f"{ZERO}m = (torch.rand_like(x) >= self.p).double() / (1 - self.p)\ny = (x.double() * m).to(x.dtype){WRITE}"
    ),
    "whole numbers below a bound": layer(
        f"{ZERO}m = torch.randint(0, 2**31, x.shape) >= int(self.p * 2**31)\ny = x * m / (1 - self.p){WRITE}"
    ),
    "waiting times": layer(
        f"{ZERO}t = torch.empty(x.shape, dtype=torch.float64).exponential_()\n"
        f"y = x * (t >= -torch.log1p(torch.tensor(-self.p))) / (1 - self.p){WRITE}"
    ),
    "written in place step by step": layer(
        "dropped = torch.rand_like(x) < self.p\nif not self.inplace:\n    x = x.clone()\n"
        "x[dropped] = 0\nif self.p < 1:\n    x /= 1 - self.p\nreturn x"
    ),
    "the mask kept in self": layer(
        f"{ZERO}self.mask = torch.rand_like(x) >= self.p\ny = x * self.mask / (1 - self.p){WRITE}"
    ),
    "p in a tensor": layer(
        f"{ZERO}q = torch.tensor(float(self.p), dtype=torch.float64)\n"
        f"y = x * (torch.rand_like(x) >= q) / (1 - q){WRITE}"
    ),
    "a parent class with the parameters": (
        "class Base(nn.Module):\n    def __init__(self, p, inplace):\n        super().__init__()\n"
        "        if not (p >= 0) or p > 1:\n            raise ValueError(p)\n"
        "        self.p, self.write = p, inplace\n\n"
        "    @property\n    def q(self):\n        return 1 - self.p\n\n"
        "class DropoutLayer(Base):\n    def __init__(self, p=1 / 2, inplace=False):\n"
        "        super().__init__(p, inplace)\n"
        "    def forward(self, x):\n        if not self.training or self.q == 1:\n            return x\n"
        "        m = torch.rand_like(x) < self.q\n        s = 1 / self.q if self.q else 0.0\n"
        "        return x.mul_(m).mul_(s) if self.write else x * m * s\n"
    ),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_solution_gets_everything(grade, name: str) -> None:
    report = grade(HONEST[name])
    assert lost(report) == {}
    assert report.points == QUICK


GARBAGE = {
    "None": "None",
    "an array": "x.detach().numpy()",
    "a pair": "(x, x)",
    "a number": "0.5",
    "one number for all": "x.sum()",
    "integers": "x.long()",
    "complex": "x.to(torch.complex128)",
    "bool": "x > 0",
    "NaN": "x * float('nan')",
    "the input": "x",
    "zeros": "x * 0",
    "noise": "torch.rand_like(x)",
    "sparse": "x.to_sparse()",
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_earns_nothing_and_breaks_nothing(grade, name: str) -> None:
    code = (
        "class DropoutLayer(nn.Module):\n    def __init__(self, *args, **kwargs):\n        super().__init__()\n"
        f"    def forward(self, x):\n        return {GARBAGE[name]}"
    )
    report = grade(code)
    assert report.points == 0
    assert {test.outcome for test in report.tests} <= {Outcome.FAILED, Outcome.ERROR}
    assert all(test.message for test in report.tests)


@pytest.mark.parametrize("answer", ["None", "([], x)", "([x] * 6, x)", "(1, 2)", "'weights'", "float('nan')"])
def test_forged_results_of_the_training_are_judged_not_believed(grader, assignment, answer: str) -> None:
    forged = f"import probes\nimport torch\nx = torch.ones(897, 10)\nprobes.train = lambda *a: {answer}\n"
    code = f"{forged}probes.corrupted = probes.wiring = probes.train\n{layer('return x')}\ncorrupt = make_network = len"
    report = grader.grade(assignment, {"dropout.py": code.encode()}, seed=0, reveal=True)
    experiment = [test for test in report.tests if test.id.startswith("test_experiment.py")]
    assert [test.points for test in experiment] == [0, 0, 0, 0]
