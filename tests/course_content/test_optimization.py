"""The assignment `optimization`: every honest solution gets everything, in whatever style it is written.

That every mutant dies is proven by `kafedra assignment verify`.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.course_content.reports import HOMEWORK, lost

from kafedra.course import Assignment
from kafedra.grading import Grader, Outcome, Report

ASSIGNMENT = "optimization"
ROOT = HOMEWORK / ASSIGNMENT
FORMULAS = (ROOT / "solutions" / "formulas.py").read_text("utf-8")


@pytest.fixture
def grade(grader: Grader, assignment: Assignment):
    """``grade(code)``: the report on the textbook solution with ``code`` below it."""

    def run(code: str, seed: int = 0) -> Report:
        text = f"{FORMULAS}\n\n{code}\n"
        return grader.grade(assignment, {"optimization.py": text.encode()}, seed=seed, reveal=True)

    return run


def sgd(body: str, before: str = "") -> str:
    """A class whose ``step`` runs ``body`` for each parameter ``p`` with a gradient; ``s`` is its state."""
    lines = "".join(f"                {line}\n" for line in body.split("\n"))
    return (
        "class MySGD(torch.optim.Optimizer):\n"
        "    def __init__(self, params, lr, momentum=0, nesterov=False, weight_decay=0):\n"
        "        super().__init__(params, dict(lr=lr, mu=momentum, n=nesterov, wd=weight_decay, momentum=momentum,\n"
        "                                      nesterov=nesterov, weight_decay=weight_decay))\n"
        f"{before}    @torch.no_grad()\n    def step(self, closure=None):\n        for o in self.param_groups:\n"
        "            for p in o['params']:\n                if p.grad is None:\n                    continue\n"
        f"                s, mu, g = self.state[p], o['momentum'], p.grad\n{lines}"
    )


def adam(body: str) -> str:
    """A class whose ``direction`` is ``body``: ``s`` is the state, ``a`` and ``b`` the betas, ``o`` the group."""
    lines = "".join(f"        {line}\n" for line in body.split("\n"))
    start = FORMULAS.index("class MyAdam(")
    head = FORMULAS[start : FORMULAS.index("    def direction")]
    return f"{head}    def direction(self, p, g, o):\n        s, (a, b) = self.state[p], o['betas']\n{lines}"


DECAY = "if o['weight_decay']:\n    g = g + o['weight_decay'] * p\n"
NESTEROV = "p.sub_(o['lr'] * (g + mu * v if o['nesterov'] else v))"

HONEST = {
    "sgd clones the first gradient": sgd(
        f"{DECAY}v = s['v'] = g.clone() if 'v' not in s else s['v'] * mu + g\n{NESTEROV}"
    ),
    "sgd writes into p.data": sgd(
        f"{DECAY}v = s['v'] = s.get('v', 0) * mu + g\np.data = p.data - o['lr'] * (g + mu * v if o['nesterov'] else v)"
    ),
    "sgd keeps lr out of the velocity by copy_": sgd(
        f"{DECAY}v = s['v'] = s.get('v', torch.zeros_like(p)).mul(mu).add(g)\n"
        "p.copy_(p - o['lr'] * (g + mu * v if o['nesterov'] else v))"
    ),
    "sgd momentum form of Nesterov": sgd(
        f"{DECAY}old = s.get('v', torch.zeros_like(p))\nv = s['v'] = mu * old + g\n"
        "p.sub_(o['lr'] * (g + mu * mu * old + mu * g if o['nesterov'] else v))"
    ),
    "sgd foreach": sgd(
        f"{DECAY}v = s['v'] = torch._foreach_add([mu * s.get('v', torch.zeros_like(p))], [g])[0]\n{NESTEROV}"
    ),
    "sgd with state from the start": sgd(
        f"{DECAY}v = s.setdefault('v', torch.zeros_like(p))\nv.mul_(mu).add_(g)\n{NESTEROV}",
        "        for o in self.param_groups:\n            for p in o['params']:\n"
        "                self.state[p]['v'] = torch.zeros_like(p)\n",
    ),
    "adam with a tensor that counts, as in torch": adam(
        "if not s:\n    s['step'], s['m'], s['v'] = torch.tensor(0.0), torch.zeros_like(p), torch.zeros_like(p)\n"
        "s['step'] += 1\ns['m'].lerp_(g, 1 - a)\ns['v'].mul_(b).addcmul_(g, g, value=1 - b)\n"
        "return (s['m'] / (1 - a ** s['step'])) / ((s['v'] / (1 - b ** s['step'])).sqrt() + o['eps'])"
    ),
    "adam with tensors for the step": adam(
        "s['step'] = s.get('step', torch.zeros(())) + 1\nt = int(s['step'])\n"
        "s['m'] = a * s.get('m', 0 * p) + (1 - a) * g\ns['v'] = b * s.get('v', 0 * p) + (1 - b) * g * g\n"
        "return (s['m'] / (1 - a**t)) / (torch.sqrt(s['v'] / (1 - b**t)) + o['eps'])"
    ),
    "adam with lerp": adam(
        "t = s['t'] = s.get('t', 0) + 1\ns['m'] = torch.lerp(s.get('m', torch.zeros_like(p)), g, 1 - a)\n"
        "s['v'] = torch.lerp(s.get('v', torch.zeros_like(p)), g.square(), 1 - b)\n"
        "return s['m'].div(1 - a**t).div(s['v'].div(1 - b**t).sqrt().add(o['eps']))"
    ),
    "adam with running powers": adam(
        "pa = s['pa'] = s.get('pa', 1.0) * a\npb = s['pb'] = s.get('pb', 1.0) * b\n"
        "s['m'] = a * s.get('m', 0 * p) + (1 - a) * g\ns['v'] = b * s.get('v', 0 * p) + (1 - b) * g.pow(2)\n"
        "return s['m'] / (1 - pa) / ((s['v'] / (1 - pb)) ** 0.5 + o['eps'])"
    ),
    "adam with the step in the group": adam(
        "s['t'] = s.get('t', 0) + 1\no['seen'] = max(o.get('seen', 0), s['t'])\nt = o['seen']\n"
        "s['m'] = a * s.get('m', 0 * p) + (1 - a) * g\ns['v'] = b * s.get('v', 0 * p) + (1 - b) * g * g\n"
        "return s['m'] / (1 - a**t) / ((s['v'] / (1 - b**t)).sqrt() + o['eps'])"
    ),
    "sgd in float64": sgd(
        "x = p.double()\ng = g.double() + o['weight_decay'] * x\n"
        "v = s['v'] = mu * s.get('v', torch.zeros_like(x)) + g\n"
        "p.copy_(x - o['lr'] * (g + mu * v if o['nesterov'] else v))"
    ),
    "adam that counts the steps without a gradient": (
        "class MyAdam(MyAdam):\n    @torch.no_grad()\n    def step(self):\n"
        "        for o in self.param_groups:\n            for p in o['params']:\n"
        "                if p.grad is None and self.state[p]:\n                    self.state[p]['t'] += 1\n"
        "        super().step()\n"
    ),
    "adamw decays, hides the decay and steps as Adam": (
        "class MyAdamW(MyAdam):\n"
        "    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):\n"
        "        super().__init__(params, lr, betas, eps, weight_decay)\n\n"
        "    @torch.no_grad()\n    def step(self):\n        decays = [o['weight_decay'] for o in self.param_groups]\n"
        "        for o in self.param_groups:\n            for p in o['params']:\n"
        "                if p.grad is not None:\n                    p.mul_(1 - o['lr'] * o['weight_decay'])\n"
        "            o['weight_decay'] = 0\n        super().step()\n"
        "        for o, decay in zip(self.param_groups, decays):\n            o['weight_decay'] = decay\n"
    ),
    "adamw decays first": (
        "class MyAdamW(MyAdam):\n"
        "    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):\n"
        "        super().__init__(params, lr, betas, eps, weight_decay)\n\n"
        "    @torch.no_grad()\n    def step(self):\n"
        "        for o in self.param_groups:\n"
        "            for p in o['params']:\n                if p.grad is not None:\n"
        "                    p *= 1 - o['lr'] * o['weight_decay']\n"
        "                    p -= o['lr'] * self.direction(p, p.grad, o)\n"
    ),
    "the schedule with numpy": (
        "import numpy as np\ndef warmup_cosine(step, lr, warmup, total, lr_min=0.0):\n"
        "    if step < warmup:\n        return float(np.linspace(0, lr, warmup + 1)[step + 1])\n"
        "    s = np.clip((step - warmup) / (total - warmup), 0, 1)\n"
        "    return lr_min + (lr - lr_min) * np.cos(np.pi * s / 2) ** 2"
    ),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_solution_gets_everything(grade, name: str) -> None:
    report = grade(HONEST[name])
    assert lost(report) == {}
    assert report.points == 1


WALKS = ("trajectory", "groups", "added", "in_turn", "zeroed", "resume", "side_effects", "schedule")
FORGED = {
    "nothing": "None",
    "a number": "0.5",
    "short rows": "[[], [], []]",
    "rows of text": "[['x'] * 5] * 3",
    "NaN": "[[torch.tensor(float('nan'))] * 5] * 5",
    "five things": "(1, 2, 3, 4, 5)",
    "five lists": "([], [], [], [], [])",
    "a dict": "{'history': []}",
    "the parameters": "[args[1] if len(args) > 1 else 0] * 6",
    "numbers": "[0.5] * 8",
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_answers_earn_nothing_and_break_nothing(grade, assignment: Assignment, name: str) -> None:
    # In each of them: a definition runs when a test first needs it, and the others' tests are none of its business.
    code = f"def forged(student, *args, **options):\n    return {FORGED[name]}\n\n" + "".join(
        f"class {required}:\n    import probes\n    for walk in {WALKS}:\n        setattr(probes, walk, forged)\n\n"
        for required in assignment.requires
    )
    report = grade(code)
    assert report.points == 0
    assert {test.outcome for test in report.tests} <= {Outcome.FAILED, Outcome.ERROR}
    assert all(test.message for test in report.tests)


def test_standing_still_earns_nothing(grade) -> None:
    code = "".join(
        f"class {name}(torch.optim.Optimizer):\n    def __init__(self, params, lr=1e-3, **options):\n"
        "        super().__init__(params, {'lr': lr, **options})\n    def step(self, closure=None):\n        pass\n\n"
        for name in ("MySGD", "MyAdam", "MyAdamW")
    )
    report = grade(f"{code}\ndef warmup_cosine(step, lr, warmup, total, lr_min=0.0):\n    return lr\n")
    assert report.points == 0


def test_the_formulas_behind_the_explanations_agree_with_torch() -> None:
    code = (
        "import torch\nfrom paths import start, gradients\nfrom expected import oracle\n"
        "from mistakes import flawed, suspects\n"
        "rng = torch.Generator().manual_seed(0)\nparams = start(rng)\nsteps = gradients(params, 5, rng)\n"
        "sgd = {'lr': 0.1, 'momentum': 0.7, 'nesterov': True, 'weight_decay': 0.2}\n"
        "adam = {'lr': 0.1, 'betas': (0.7, 0.9), 'eps': 0.1, 'weight_decay': 0.2}\n"
        "for name, options in (('MySGD', sgd), ('MyAdam', adam), ('MyAdamW', adam)):\n"
        "    right = oracle(name, params, steps, options)\n"
        "    for row, other in zip(right, flawed(name, params, steps, options, '')):\n"
        "        torch.testing.assert_close(other, row, rtol=1e-10, atol=1e-12)\n"
        "    assert len(suspects(name, params, steps, options, [0.1] * 5)) > 15\n"
    )
    path = [str(ROOT), str(ROOT / "tests")]
    subprocess.run([sys.executable, "-c", f"import sys\nsys.path[:0] = {path}\n{code}"], check=True)
