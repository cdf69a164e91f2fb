"""What usually goes wrong: ten mistakes for each kind of values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kafedra.course.starters.values import Flavour, Mistake

# name: what is wrong, which test catches it, and one line of the solution before and after
MUTANTS: Final[Mapping[Flavour, Mapping[str, Mistake]]] = {
    "python": {
        "mean_kept": ("the mean is not subtracted", "example", "(v - mean) / spread for", "v / spread for"),
        "not_divided": ("nothing is divided by", "example", "(v - mean) / spread for", "v - mean for"),
        "sample_variance": ("divides by n - 1", "example", "for v in values) / n)", "for v in values) / (n - 1))"),
        "variance": ("divides by the variance", "example", "math.sqrt(sum(", "(sum("),
        "sum_for_mean": ("a sum in place of the mean", "example", "mean = sum(values) / n", "mean = sum(values)"),
        "whole_mean": ("the mean is a whole number", "random", "mean = sum(values) / n", "mean = sum(values) // n"),
        "divides_by_zero": ("equal numbers are not thought of", "constant", "if spread == 0:", "if False:"),
        "ones": ("equal numbers give ones", "constant", "return [0.0] * n", "return [1.0] * n"),
        "absolute": ("the sign is lost", "example", "(v - mean) / spread for", "abs(v - mean) / spread for"),
        "in_place": (
            "the answer is written into the argument",
            "argument",
            "return [(v - mean) / spread for v in values]",
            "values[:] = [(v - mean) / spread for v in values]; return values",
        ),
    },
    "numpy": {
        "one_mean": ("one mean for the whole matrix", "example", "x.mean(axis=0)", "x.mean()"),
        "one_spread": ("one deviation for the whole matrix", "example", "x.std(axis=0)", "x.std()"),
        "by_rows": ("rows in place of columns", "example", "x.mean(axis=0)", "x.mean(axis=1, keepdims=True)"),
        "sample_variance": ("divides by n - 1", "example", "x.std(axis=0)", "x.std(axis=0, ddof=1)"),
        "variance": ("divides by the variance", "example", "x.std(axis=0)", "x.var(axis=0)"),
        "mean_kept": ("the mean is not subtracted", "example", "(x - mean)", "x"),
        "divides_by_zero": (
            "equal numbers are not thought of", "constant", "np.where(spread == 0, 1.0, spread)", "spread"
        ),
        "epsilon": (
            "a constant is added to the deviation", "random", "np.where(spread == 0, 1.0, spread)", "(spread + 1e-3)"
        ),
        "absolute": ("the sign is lost", "example", "(x - mean)", "abs(x - mean)"),
        "in_place": (
            "the mean is subtracted in place", "argument", "mean = x.mean(axis=0)", "x -= x.mean(axis=0); mean = 0"
        ),
    },
    "torch": {
        "one_mean": ("one mean for the whole tensor", "example", "x.mean(dim=0)", "x.mean()"),
        "one_spread": (
            "one deviation for the whole tensor", "example", "x.std(dim=0, unbiased=False)", "x.std(unbiased=False)"
        ),
        "by_rows": ("rows in place of columns", "example", "x.mean(dim=0)", "x.mean(dim=1, keepdim=True)"),
        "sample_variance": ("divides by n - 1", "example", "x.std(dim=0, unbiased=False)", "x.std(dim=0)"),
        "variance": (
            "divides by the variance", "example", "x.std(dim=0, unbiased=False)", "x.var(dim=0, unbiased=False)"
        ),
        "mean_kept": ("the mean is not subtracted", "example", "(x - mean)", "x"),
        "divides_by_zero": (
            "equal numbers are not thought of", "constant", "torch.where(spread == 0, 1.0, spread)", "spread"
        ),
        "epsilon": (
            "a constant is added to the deviation", "random", "torch.where(spread == 0, 1.0, spread)", "(spread + 1e-3)"
        ),
        "absolute": ("the sign is lost", "example", "(x - mean)", "(x - mean).abs()"),
        "in_place": (
            "the mean is subtracted in place", "argument", "mean = x.mean(dim=0)", "x -= x.mean(dim=0); mean = 0"
        ),
    },
}  # fmt: skip
