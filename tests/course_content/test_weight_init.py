"""The assignment `weight-init`: every honest solution gets everything, in whatever style it is written.

That every mutant dies is proven by `kafedra assignment verify`.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.course_content.reports import HOMEWORK, lost

from kafedra.course import Assignment
from kafedra.grading import Grader, Outcome, Report

ASSIGNMENT = "weight-init"
ROOT = HOMEWORK / ASSIGNMENT
TEXTBOOK = (ROOT / "solutions" / "textbook.py").read_text("utf-8")
NAMES = ("xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_")


@pytest.fixture
def grade(grader: Grader, assignment: Assignment):
    """``grade(code)``: the report on the textbook solution with ``code`` below it."""

    def run(code: str, seed: int = 0) -> Report:
        text = f"{TEXTBOOK}\n\n{code}\n"
        return grader.grade(assignment, {"weight-init.py": text.encode()}, seed=seed, reveal=True)

    return run


HONEST = {
    "fans from one output": (
        "def fans(w):\n    if w.ndim < 2:\n        raise ValueError\n"
        "    return w[0].numel(), w.numel() // w.shape[1]\n"
        "@torch.no_grad()\n"
        "def kaiming_uniform_(w, a=0, mode='fan_in'):\n"
        "    fan = fans(w)[mode != 'fan_in']\n"
        "    return w.copy_((torch.rand(w.shape) - 0.5) * 2 * (6 / (1 + a * a) / fan) ** 0.5)\n"
        "def xavier_normal_(w, gain=1.0):\n"
        "    w.data = w.data\n    w.data.copy_(torch.randn_like(w) * gain * (2 / sum(fans(w))) ** 0.5)\n    return w"
    ),
    "library pieces, tensors for numbers, apply": (
        "def fans(w):\n    if len(w.shape) < 2:\n        raise ValueError('нет осей')\n"
        "    area = torch.tensor(w.shape[2:]).prod().long()\n"
        "    return [w.size(1) * area, w.size(0) * area]\n"
        "def xavier_uniform_(w, gain=1.0):\n"
        "    fan_in, fan_out = fans(w)\n    bound = gain * float((6 / (fan_in + fan_out)) ** 0.5)\n"
        "    return nn.init.uniform_(w, -bound, bound)\n"
        "def kaiming_normal_(w, a=0.0, mode='fan_in'):\n"
        "    gain = nn.init.calculate_gain('leaky_relu', a)\n"
        "    fan = dict(fan_in=fans(w)[0], fan_out=fans(w)[1])[mode]\n"
        "    with torch.no_grad():\n        w.normal_().mul_(gain / fan**0.5)\n    return w\n"
        "def init_layer(layer):\n"
        "    if isinstance(layer, (nn.Linear, nn.modules.conv._ConvNd)) and not getattr(layer, 'transposed', False):\n"
        "        kaiming_uniform_(layer.weight)\n"
        "        if getattr(layer, 'bias', None) is not None:\n            layer.bias.data.fill_(0)\n"
        "def init_model(model):\n    return model.apply(init_layer)"
    ),
    "row by row, a named pair, a state dict": (
        "from collections import namedtuple\nFans = namedtuple('Fans', 'fan_in fan_out')\n"
        "def fans(w):\n    outputs, inputs, *kernel = w.shape\n    area = math.prod(kernel)\n"
        "    return Fans(inputs * area, outputs * area)\n"
        "@torch.no_grad()\n"
        "def xavier_uniform_(w, gain=1):\n    bound = gain * math.sqrt(6 / sum(fans(w)))\n"
        "    for row in w:\n        row.uniform_(-bound, bound)\n    return w\n"
        "@torch.no_grad()\n"
        "def xavier_normal_(w, gain=1):\n"
        "    w[...] = torch.distributions.Normal(0.0, gain * (2 / sum(fans(w))) ** 0.5).sample(w.shape)\n    return w\n"
        "def init_model(model):\n    state = model.state_dict()\n"
        "    for name, layer in model.named_modules():\n"
        "        if isinstance(layer, (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d)):\n"
        "            start = f'{name}.' if name else ''\n"
        "            state[start + 'weight'] = kaiming_normal_(state[start + 'weight'].clone())\n"
        "            if layer.bias is not None:\n"
        "                state[start + 'bias'] = torch.zeros_like(layer.bias)\n"
        "    model.load_state_dict(state)"
    ),
    "numpy, requires_grad off and on again, recursion": (
        "import numpy as np\n"
        "def fans(w):\n    if w.dim() < 2:\n        raise ValueError(w.dim())\n"
        "    area = int(np.prod(w.shape[2:]))\n    return w.shape[1] * area, w.shape[0] * area\n"
        "def kaiming_normal_(w, a=0.0, mode='fan_in', nonlinearity='relu'):\n"
        "    needed = w.requires_grad\n    w.requires_grad_(False)\n"
        "    std = np.sqrt(2 / (1 + a**2) / fans(w)[['fan_in', 'fan_out'].index(mode)])\n"
        "    w.copy_(torch.from_numpy(np.random.normal(0, std, size=tuple(w.shape))))\n"
        "    return w.requires_grad_(needed)\n"
        "def kaiming_uniform_(w, a=0.0, mode='fan_in'):\n"
        "    bound = np.sqrt(6 / (1 + a**2) / fans(w)[['fan_in', 'fan_out'].index(mode)])\n"
        "    w.data.copy_(torch.as_tensor(np.random.uniform(-bound, bound, tuple(w.shape))))\n    return w\n"
        "def init_model(model):\n"
        "    if isinstance(model, (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d)):\n"
        "        kaiming_uniform_(model.weight)\n"
        "        if model.bias is not None:\n            nn.init.constant_(model.bias, 0.0)\n"
        "    for child in model.children():\n        init_model(child)"
    ),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_solution_gets_everything(grade, name: str) -> None:
    report = grade(HONEST[name])
    assert lost(report) == {}
    assert report.points == 1


GARBAGE = {
    "None": "return None",
    "untouched": "return w",
    "zeros": "w.data.zero_()\n    return w",
    "NaN": "w.data.fill_(float('nan'))\n    return w",
    "another shape": "w.data = w.data[:1]\n    return w",
    "integers": "w.data = w.data.long()\n    return w",
    "exit": "raise SystemExit",
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_earns_nothing_and_breaks_nothing(grade, name: str) -> None:
    body = GARBAGE[name]
    fillers = "\n\n".join(f"def {filler}(w, *args, **kwargs):\n    {body}" for filler in NAMES)
    model = "def init_model(model):\n    for p in model.parameters():\n        xavier_uniform_(p)"
    report = grade(f"{fillers}\n\n{model}\n\ndef fans(w):\n    {body}")
    assert report.points == 0
    assert {test.outcome for test in report.tests} <= {Outcome.FAILED, Outcome.ERROR, Outcome.CRASHED}
    assert all(test.message for test in report.tests)


def test_a_process_that_lies_to_the_judge_earns_nothing(grader, assignment) -> None:
    """The student's process replaces the probes: whatever they return, it is not a verdict."""
    lies = (
        "import probes\n\n\nclass Anything(dict):\n    pass\n\n\n"
        "def lie(*args, **kwargs):\n    return {'ear.weight': None, 1: (1, 2)}\n\n\n"
        "for name in list(vars(probes)):\n    if name.startswith(('fans', 'fill', 'init')):\n"
        "        setattr(probes, name, lie)\n\n\n"
        "fans = xavier_uniform_ = xavier_normal_ = kaiming_uniform_ = kaiming_normal_ = init_model = lie\n"
    )
    report = grader.grade(assignment, {"weight-init.py": lies.encode()}, seed=0, reveal=True)
    assert report.points == 0


def test_three_functions_of_four_keep_their_points(grade) -> None:
    assert grade("xavier_normal_ = None").points == Decimal("0.9")
