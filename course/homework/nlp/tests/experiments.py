"""Опыты: обучение в песочнице, ответы считает проверка. Одна группа запусков на проверку посылки."""

from dataclasses import dataclass

import data
import probes
import pytest
import torch

from kafedra.testing import check
from kafedra.testing.failures import SubmissionFailure

RUNS = 3


@dataclass(frozen=True)
class Plan:
    """Сколько пар и эпох, на скольких незнакомых источниках проверять, и какая доля верных нужна."""

    train: int
    epochs: int
    hidden: int
    least: float


DATES = Plan(train=1500, epochs=8, hidden=300, least=0.6)
AMOUNTS = Plan(train=2000, epochs=7, hidden=300, least=0.6)
FOCUS = 0.6


@dataclass(frozen=True)
class Result:
    """Средняя доля переведённых целиком; (задача, ответы, веса внимания) каждого запуска."""

    share: float
    runs: list


_DATES = pytest.StashKey()


def dates(submission, rng, stash):
    """Опыт с датами; один на две проверки, которым он нужен: результат или неудача лежат в `stash`."""
    if _DATES not in stash:
        try:
            stash[_DATES] = _experiment(submission, "RecurrentModel", data.dates, DATES, rng)
        except (AssertionError, SubmissionFailure) as failure:
            stash[_DATES] = failure
    if isinstance(stash[_DATES], Exception):
        raise stash[_DATES]
    return stash[_DATES]


def amounts(submission, rng):
    return _experiment(submission, "TransformerModel", data.amounts, AMOUNTS, rng)


def _experiment(submission, name, make, plan, rng):
    runs = []
    for number in range(RUNS):
        task = make(plan.train, plan.hidden, rng)
        call = f"{name}, обучение {number + 1} из {RUNS}"
        options = {"source_size": task.source_size, "target_size": task.target_size}
        answer = submission.call(probes.learn, name, options, task.pairs, plan.epochs, task.sources, task.longest)
        whole = isinstance(answer, tuple) and len(answer) == 2
        check.that(whole, f"{call}: проба вернула не то")
        answers, weights = answer
        check.tensor(answers, dtype=torch.int64, call=f"{call}: ответы decode")
        fits = answers.ndim == 2 and len(answers) == plan.hidden and answers.shape[1] <= task.longest
        check.that(fits, f"{call}: ответы decode формы {tuple(answers.shape)}")
        runs.append((task, answers, weights))
    return Result(sum(data.exact(answers, task) for task, answers, _ in runs) / RUNS, runs)


def check_share(share, plan, call, why):
    """Доля переведённых целиком не меньше порога."""
    story = f"среднее по {RUNS} запускам; обучение: {plan.train} пар, {plan.epochs} эпох; проверка: {plan.hidden}"
    head = f"{call} — целиком верно {check.percent(share)} незнакомых, нужно не меньше {check.percent(plan.least)}"
    check.that(share >= plan.least, f"{head}\n{story}\nпохоже: {why}")
