"""The assignment `cv`: every honest solution gets everything, in whatever style it is written.

That every mutant dies is proven by `kafedra assignment verify`. So are the experiments, which train three readers
for many seconds and are left out here: only what a forged training answers is judged.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.course_content.reports import HOMEWORK, cut_short, lost, names_of_tests

from kafedra.course import Assignment
from kafedra.grading import Grader, Outcome, Report

ASSIGNMENT = "cv"
ROOT = HOMEWORK / ASSIGNMENT
TENSORS = (ROOT / "solutions" / "tensors.py").read_text("utf-8")
EXPERIMENTS = {"test_accuracy", "test_count_letters", "test_cam_points", "test_unseen_font"}
BOARDS = {
    "test_find_separate",
    "test_find_specks",
    "test_find_touching",
}  # a second a time, for those who look at boards
QUICK = Decimal("2.8")


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The assignment without its experiments."""
    folder = tmp_path_factory.mktemp("course")
    return cut_short(ASSIGNMENT, folder, points=QUICK, keep=lambda name: name not in EXPERIMENTS)


@pytest.fixture
def grade(grader: Grader, quick: Assignment):
    """``grade(code)``: the report on a correct solution with ``code`` below it, without the experiments.

    The tests of boards are run only if ``code`` is about them.
    """
    every = {name for path in quick.tests_dir.glob("test_*.py") for name in names_of_tests(path.read_text("utf-8"))}

    def run(code: str) -> Report:
        only = BOARDS if "find_letters" in code else every - BOARDS
        return grader.grade(quick, {"cv.py": f"{TENSORS}\n\n{code}\n".encode()}, seed=0, only=only, reveal=True)

    return run


HONEST = {
    "classes by a loop, numbers of numpy inside": """
import numpy as np

def class_map(labels):
    return {str(letter): int(place) for place, letter in enumerate(np.unique(list(labels)))}
""",
    "normalisation by numpy, in float64, scaled to one first": """
import numpy as np

class Normalise:
    def __init__(self, images):
        own = images.numpy() / 255
        self.mean, self.std = own.mean(), own.std(ddof=1)

    def __call__(self, images):
        answer = (images.numpy()[:, None] / 255 - self.mean) / self.std
        return torch.from_numpy(answer.astype("float32"))
""",
    "a shift by padding and cutting, picture by picture": """
def shift(images, dy, dx):
    height, width = images.shape[1:]
    answer = []
    for image, down, right in zip(images, dy.tolist(), dx.tolist()):
        down, right = max(-height, min(height, down)), max(-width, min(width, right))
        wide = F.pad(image, (width, width, height, height))
        top, left = height - down, width - right
        answer.append(wide[top : top + height, left : left + width])
    return torch.stack(answer)
""",
    "thickening by unfold in int16": """
def thicken(images):
    wide = F.pad(images.to(torch.int16), (1, 1, 1, 1))
    windows = wide.unfold(1, 3, 1).unfold(2, 3, 1)
    return windows.amax((-1, -2)).to(torch.uint8)
""",
    "augmentation on an own copy, one pair of numbers for 25 shifts": """
def augment(images, generator):
    images = images.clone()
    for place in range(len(images)):
        if torch.rand((), generator=generator) >= 0.5:
            images[place] = thicken(images[place : place + 1])[0]
    number = (25 * torch.rand(len(images), generator=generator, dtype=torch.float64)).long()
    return shift(images, number.div(5, rounding_mode="floor") - 2, number.remainder(5) - 2)
""",
    "batches as a list, order by sorting noise": """
def batches(images, labels, size, generator):
    order = torch.rand(len(images), generator=generator, dtype=torch.float64).argsort()
    return [(images[order[i : i + size]], labels[order[i : i + size]]) for i in range(0, len(order), size)]
""",
    "a network with pools, residual connections, GroupNorm, no bias at the end": """
class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.one, self.two = nn.Conv2d(width, width, 3, padding=1), nn.Conv2d(width, width, 3, padding="same")
        self.norm = nn.GroupNorm(4, width)

    def forward(self, x):
        return F.gelu(x + self.two(F.silu(self.norm(self.one(x)))))

class LetterNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(1, 24, 5, padding=2), nn.ELU(), nn.AvgPool2d(2))
        self.body = nn.Sequential(Residual(24), nn.Conv2d(24, 40, 3, padding=1), nn.MaxPool2d(2), Residual(40))
        self.drop = nn.Dropout2d(0.1)
        self.head = nn.Linear(40, classes, bias=False)

    def features(self, x):
        return self.drop(self.body(self.stem(x)))

    def forward(self, x):
        return F.linear(self.features(x).flatten(2).mean(-1), self.head.weight)
""",
    "a step written out: log-sum-exp, gradients set to None by hand": """
def training_step(model, optimizer, x, y):
    model.train()
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            parameter.grad = None
    logits = model(x)
    each = torch.logsumexp(logits, 1) - (logits * F.one_hot(y, logits.shape[1])).sum(1)
    loss = each.sum() / len(x)
    loss.backward()
    optimizer.step()
    return float(loss)
""",
    "a reader that reads in small portions, letters in a tuple, SGD": """
class Reader:
    def __init__(self, images, labels, epochs=6, distort=augment):
        self.letters = tuple(class_map(labels))
        self.normalise, self.model = Normalise(images), LetterNet(len(self.letters))
        y = torch.tensor([self.letters.index(letter) for letter in labels])
        optimizer = torch.optim.SGD(self.model.parameters(), lr=0.05, momentum=0.9)
        for _ in range(epochs):
            for some, target in batches(images, y, 100, torch.default_generator):
                training_step(self.model, optimizer, self.normalise(distort(some, torch.default_generator)), target)

    @torch.no_grad()
    def scores(self, images):
        was = self.model.training
        self.model.eval()
        answer = torch.cat([self.model(self.normalise(some)) for some in images.split(7)])
        self.model.train(was)
        return answer

    def read(self, images):
        return "".join(self.letters[row.tolist().index(row.max().item())] for row in self.scores(images))
""",
    "a reader that distorts the whole set at the start of each epoch": """
class Reader:
    def __init__(self, images, labels, epochs=6, distort=augment):
        numbers = class_map(labels)
        self.letters = "".join(sorted(numbers))
        self.normalise, self.model = Normalise(images), LetterNet(len(numbers))
        y = torch.tensor([numbers[letter] for letter in labels])
        optimizer = torch.optim.Adam(self.model.parameters(), lr=3e-3)
        generator = torch.Generator().manual_seed(int(torch.randint(2**31, ())))
        for _ in range(epochs):
            for some, target in batches(distort(images, generator), y, 64, generator):
                training_step(self.model, optimizer, self.normalise(some), target)
        self.model.requires_grad_(False).eval()

    def scores(self, images):
        return self.model(self.normalise(images))

    def read(self, images):
        return "".join(map(self.letters.__getitem__, self.scores(images).max(1).indices.tolist()))
""",
    "boxes as arrays of numpy, from the bottom to the top": """
import numpy as np

found = find_letters

def find_letters(page):
    return np.array(sorted(found(page), reverse=True), dtype=np.int32)
""",
    "a map by a convolution with the letter's weights": """
def cam(model, x, classes):
    with torch.no_grad():
        maps = model.features(x)
        every = F.conv2d(maps, model.head.weight[:, :, None, None])
    return torch.stack([every[row, letter] for row, letter in enumerate(classes.tolist())])
""",
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_solution_gets_everything(grade, name: str) -> None:
    assert lost(grade(HONEST[name])) == {}


def test_the_other_solution_gets_everything_too(grader: Grader, quick: Assignment) -> None:
    code = (ROOT / "solutions" / "components.py").read_bytes()
    assert lost(grader.grade(quick, {"cv.py": code}, seed=7)) == {}


NAMES = ("class_map", "shift", "thicken", "augment", "batches", "training_step", "find_letters", "count_letters", "cam")
GARBAGE = {
    "None": "None",
    "a number": "float('nan')",
    "a string": "'ответ'",
    "the arguments": "args",
    "empty": "[]",
    "an empty tensor": "torch.zeros(0)",
    "a tensor of NaN": "torch.full((3, 4, 5), float('nan'))",
    "boxes that are none": "[(1, 2, 3), (5, 5, 5, 5), 'рамка']",
    "a million boxes": "[(0, 0, 1, 1)] * 3000",
    "boxes of NaN": "[(float('nan'),) * 4]",
    "a dictionary": "{1: 'a', 'b': 10**400, 'в': -1}",
    "a complex tensor": "torch.ones(2, 3, 4, dtype=torch.complex128)",
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_earns_nothing_and_breaks_nothing(grader: Grader, quick: Assignment, name: str) -> None:
    functions = "\n".join(f"def {one}(*args, **kwargs):\n    return {GARBAGE[name]}\n" for one in NAMES)
    code = f"""
import torch
from torch import nn

{functions}
class Normalise:
    def __init__(self, *args, **kwargs):
        pass
    def __call__(self, *args, **kwargs):
        return {GARBAGE[name]}

class LetterNet(nn.Module):
    def __init__(self, *args, **kwargs):
        super().__init__()
        self.head = nn.Linear(3, 3)
    def features(self, *args, **kwargs):
        return {GARBAGE[name]}
    def forward(self, *args, **kwargs):
        return {GARBAGE[name]}
    def parameters(self, *args, **kwargs):
        return []

class Reader:
    def __init__(self, *args, **kwargs):
        self.letters, self.model, self.normalise = "", LetterNet(), Normalise()
    def scores(self, *args, **kwargs):
        return {GARBAGE[name]}
    def read(self, *args, **kwargs):
        return {GARBAGE[name]}
"""
    report = grader.grade(quick, {"cv.py": code.encode()}, seed=0, reveal=True)
    assert report.points == 0
    assert {test.outcome for test in report.tests} <= {Outcome.FAILED, Outcome.ERROR}
    assert all(test.message for test in report.tests)


FORGED = {
    "nothing": "None",
    "a constant": "'А' * len(args[0])",
    "a text that is too long": "'АБВ' * 10**5",
    "bytes": "b'x' * 620",
    "a dictionary with numbers": "{'А': 10**6, 'Б': -3, 7: 1}",
    "a flood": "{'А': 10**400}",
    "a map of NaN": "torch.full((60, 8, 21), float('nan'))",
    "a map without places": "torch.zeros(60, 0, 0)",
    "maps of the wrong count": "torch.zeros(3, 8, 21)",
}


@pytest.mark.parametrize("answer", FORGED)
def test_a_forged_training_is_judged_not_believed(grader: Grader, tmp_path: Path, answer: str) -> None:
    trained = cut_short(ASSIGNMENT, tmp_path, points=4 - QUICK, keep=EXPERIMENTS.__contains__)
    # what a hostile process could send in place of the probes' answers
    with trained.probes.open("a", encoding="utf-8") as probes:
        for name in ("train", "read", "count_letters", "cam_of_reader"):
            probes.write(f"\n\ndef {name}(student, name, *args):\n    return {FORGED[answer]}\n")
    report = grader.grade(trained, {"cv.py": TENSORS.encode()}, seed=0, reveal=True)
    assert len(report.tests) == len(EXPERIMENTS)
    assert {(test.points, test.outcome) for test in report.tests} == {(0, Outcome.FAILED)}
