"""The assignment `batchnorm`: every honest solution gets everything, in whatever style it is written.

That every mutant dies is proven by `kafedra assignment verify`.
"""

from __future__ import annotations

import pytest
from tests.course_content.reports import HOMEWORK, lost

from kafedra.course import Assignment
from kafedra.grading import Grader, Outcome, Report

ASSIGNMENT = "batchnorm"
ROOT = HOMEWORK / ASSIGNMENT
TEXTBOOK = (ROOT / "solutions" / "textbook.py").read_text("utf-8")


@pytest.fixture
def grade(grader: Grader, assignment: Assignment):
    """``grade(code)``: the report on the textbook solution with ``code`` below it."""

    def run(code: str, seed: int = 0) -> Report:
        text = f"{TEXTBOOK}\n\n{code}\n"
        return grader.grade(assignment, {"batchnorm.py": text.encode()}, seed=seed, reveal=True)

    return run


START = """
class BatchNorm2dLayer(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True):
        super().__init__()
        self.eps, self.m, self.track = eps, momentum, track_running_stats
"""

HONEST = {
    "parameters of four axes, running statistics reassigned, counter in a buffer of floats": START
    + """
        self.g = nn.Parameter(torch.ones(1, num_features, 1, 1)) if affine else 1.0
        self.b = nn.Parameter(torch.zeros(1, num_features, 1, 1)) if affine else 0.0
        if self.track:
            self.register_buffer("mu", torch.zeros(1, num_features, 1, 1))
            self.register_buffer("sigma2", torch.ones(1, num_features, 1, 1))
            self.register_buffer("seen", torch.tensor(0.0))

    def forward(self, x):
        if self.training or not self.track:
            mu = torch.einsum("nchw->c", x)[None, :, None, None] / (x.numel() / x.size(1))
            centred = x - mu
            sigma2 = centred.pow(2).mean([0, 2, 3], keepdim=True)
            if self.track:
                n = x.numel() / x.size(1)
                self.seen = self.seen + 1
                k = self.m if self.m is not None else float(1 / self.seen)
                self.mu = self.mu * (1 - k) + mu.detach() * k
                self.sigma2 = self.sigma2 * (1 - k) + sigma2.detach() * n / (n - 1) * k
            return centred / (sigma2 + self.eps) ** 0.5 * self.g + self.b
        return (x - self.mu) / (self.sigma2 + self.eps).sqrt() * self.g + self.b
""",
    "computes in float64, rows by transpose, in place on its own memory": START
    + """
        self.register_parameter("scale", nn.Parameter(torch.ones(num_features)) if affine else None)
        self.register_parameter("shift", nn.Parameter(torch.zeros(num_features)) if affine else None)
        self.register_buffer("var", torch.ones(num_features) if self.track else None)
        self.register_buffer("avg", torch.zeros(num_features) if self.track else None)
        self.register_buffer("step", torch.zeros(1, dtype=torch.long) if self.track else None)

    def forward(self, x):
        rows = x.double().transpose(0, 1).flatten(1)
        if self.avg is None or self.training:
            var, avg = torch.var_mean(rows, dim=1, correction=0)
        else:
            var, avg = self.var.double(), self.avg.double()
        if self.training and self.avg is not None:
            self.step += 1
            weight = 1 / int(self.step) if self.m is None else self.m
            self.avg.data.mul_(1 - weight).add_(weight * avg.data.to(self.avg.dtype))
            self.var.data.mul_(1 - weight).add_(weight * rows.data.var(1).to(self.var.dtype))
        y = (rows - avg[:, None]).mul_(torch.rsqrt(var + self.eps)[:, None])
        if self.scale is not None:
            y = y * self.scale.double()[:, None] + self.shift.double()[:, None]
        n, c, h, w = x.shape
        return y.reshape(c, n, h, w).transpose(0, 1).to(x.dtype)
""",
    "eps kept as a buffer": """
class BatchNorm2dLayer(BatchNorm2dLayer):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True):
        super().__init__(num_features, eps, momentum, affine, track_running_stats)
        del self.eps
        self.register_buffer("eps", torch.tensor(eps, dtype=torch.float64))
""",
    "one scale and one shift": START
    + """
        self.affine = affine
        if affine:
            self.weight = nn.Parameter(torch.ones(num_features))
            self.bias = nn.Parameter(torch.zeros(num_features))
        if self.track:
            self.register_buffer("running_mean", torch.zeros(num_features))
            self.register_buffer("running_var", torch.ones(num_features))
            self.register_buffer("seen", torch.zeros(1))

    def forward(self, x):
        if self.training or not self.track:
            mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
            if self.track:
                self.seen += 1
                k = self.m if self.m is not None else 1 / self.seen.item()
                self.running_mean.lerp_(mean.detach(), k)
                self.running_var.lerp_(x.detach().var((0, 2, 3)), k)
        else:
            mean, var = self.running_mean, self.running_var
        scale = torch.rsqrt(var + self.eps) * (self.weight if self.affine else 1)
        shift = -mean * scale + (self.bias if self.affine else 0)
        return torch.addcmul(shift[:, None, None], x, scale[:, None, None])
""",
    "the backward pass by hand": """
class Normalise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, mean, var, eps):
        inverse = 1 / torch.sqrt(var + eps)[:, None, None]
        y = (x - mean[:, None, None]) * inverse
        ctx.save_for_backward(y, inverse)
        return y

    @staticmethod
    def backward(ctx, g):
        y, inverse = ctx.saved_tensors
        axes = (0, 2, 3)
        return inverse * (g - g.mean(axes, True) - y * (g * y).mean(axes, True)), None, None, None


class Written(BatchNorm2dLayer):
    def forward(self, x):
        if not self.training and self.track_running_stats:
            return super().forward(x)
        var, mean = torch.var_mean(x.detach(), dim=(0, 2, 3), correction=0)
        if self.track_running_stats:
            self.update(mean, var, x.numel() // x.shape[1])
        y = Normalise.apply(x, mean, var, self.eps)
        return self.weight[:, None, None] * y + self.bias[:, None, None] if self.affine else y


Plain, BatchNorm2dLayer = BatchNorm2dLayer, Written
""",
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_solution_gets_everything(grade, name: str) -> None:
    report = grade(HONEST[name])
    assert lost(report) == {}
    assert report.points == 1


GARBAGE = {
    "None": "None",
    "a number": "0.5",
    "the input": "x",
    "zeros": "x * 0",
    "NaN": "x * float('nan')",
    "another shape": "x.sum()",
    "integers": "x.long()",
    "complex": "x.to(torch.complex128)",
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_earns_nothing_and_breaks_nothing(grade, name: str) -> None:
    code = f"""
class BatchNorm2dLayer(nn.Module):
    def __init__(self, num_features, **options):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("mean", torch.zeros(num_features))
        self.register_buffer("var", torch.ones(num_features))

    def forward(self, x):
        return {GARBAGE[name]}
"""
    report = grade(code)
    assert report.points == 0
    assert {test.outcome for test in report.tests} <= {Outcome.FAILED, Outcome.ERROR}
    assert all(test.message for test in report.tests)


LIES = {
    "a string": "'full marks'",
    "pieces of the wrong kind": "(None, [1], {}, 'x')",
    "nested pieces": "[((None, None, None),) * 3] * 6",
    "a perfect answer to a question that was not asked": "(torch.eye(10), [(torch.eye(64), torch.ones(64))], [], [])",
}


@pytest.mark.parametrize("name", LIES)
def test_a_process_that_lies_to_the_judge_earns_nothing(grade, name: str) -> None:
    code = f"""
import probes


def lie(*args, **kwargs):
    return {LIES[name]}


class BatchNorm2dLayer(nn.Module):
    for probe in [probe for probe in vars(probes) if not probe.startswith("_")]:
        setattr(probes, probe, lie)
"""
    report = grade(code)
    assert report.points == 0
    assert {test.outcome for test in report.tests} <= {Outcome.FAILED, Outcome.ERROR}


def test_predictions_are_not_taken_on_trust(grade) -> None:
    """The sandbox sends predictions and weights; other weights than those that predicted are noticed."""
    code = """
import probes

honest = probes.learn_digits


def lie(*args, **kwargs):
    logits, linear, affine, statistics = honest(*args, **kwargs)
    return logits, [(weight.flip(0), bias) for weight, bias in linear], affine, statistics


class BatchNorm2dLayer(BatchNorm2dLayer):
    probes.learn_digits = lie
"""
    messages = lost(grade(code))
    assert {name.partition("::")[0] for name in messages} == {"test_learning_rate.py"}
    assert all("ответы сети не те" in message for message in messages.values())


@pytest.mark.parametrize("spelled", ["nn.functional.rms_norm", "getattr(torch, 'rms' + '_norm')"])
def test_a_relative_of_the_layer_is_forbidden_too(grade, spelled: str) -> None:
    """Of what is centred it makes the whole answer, with its gradient."""
    code = f"""
class BatchNorm2dLayer(BatchNorm2dLayer):
    def forward(self, x):
        rows = x.transpose(0, 1).flatten(1)
        normal = {spelled}(rows - rows.mean(1, keepdim=True), rows.shape[1:], eps=self.eps)
        return normal.unflatten(1, (len(x), *x.shape[2:])).transpose(0, 1) if self.training else super().forward(x)
"""
    outcomes = {test.id: test.outcome for test in grade(code).tests}
    assert outcomes["test_forward.py::test_forward_train"] is Outcome.FORBIDDEN, outcomes
