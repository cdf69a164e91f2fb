"""Four tests as a course on GitHub Classroom has them: the student's code is imported into the process that decides."""

import solution  # type: ignore[import-not-found]  # the student's file, copied beside this one
import torch


def _same(mine: torch.nn.Module, theirs: torch.nn.Module) -> None:
    x = torch.randn(64, 64)
    assert torch.allclose(mine(x), theirs(x), atol=1e-6)


def test_relu() -> None:
    _same(solution.MyReLU(), torch.nn.ReLU())


def test_leaky_relu() -> None:
    _same(solution.MyLeakyReLU(), torch.nn.LeakyReLU())


def test_sigmoid() -> None:
    _same(solution.MySigmoid(), torch.nn.Sigmoid())


def test_elu() -> None:
    _same(solution.MyELU(), torch.nn.ELU())
