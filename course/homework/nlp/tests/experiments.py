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


LEAST = 0.6
DATES = Plan(train=1500, epochs=8, hidden=300, least=LEAST)
AMOUNTS = Plan(train=2000, epochs=7, hidden=300, least=LEAST)
FOCUS = 0.6


@dataclass(frozen=True)
class Result:
    """Доли переведённых целиком; (задача, ответы, веса внимания) каждого запуска."""

    shares: list
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
    """Запуски, пока не ясно, какой стороны порога среднее всех трёх: если решили два, третий не нужен."""
    shares, runs = [], []
    for number in range(RUNS):
        if least_mean(shares) >= plan.least or most_mean(shares) < plan.least:
            break
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
        shares.append(data.exact(answers, task))
    return Result(shares, runs)


def least_mean(shares):
    """Каким будет среднее всех запусков, если в оставшихся не выйдет ничего."""
    return sum(shares) / RUNS


def most_mean(shares):
    """Каким оно будет, если в оставшихся выйдет всё."""
    return (sum(shares) + RUNS - len(shares)) / RUNS


def check_share(result, plan, call, why):
    """Среднее долей переведённых целиком не меньше порога, что бы ни вышло в запусках, которых не было."""
    told = ", ".join(map(check.percent, result.shares))
    story = f"обучение: {plan.train} пар, {plan.epochs} эпох; проверка: {plan.hidden}"
    head = f"{call} — целиком верно по запускам {told}; в среднем по {RUNS} нужно не меньше {check.percent(plan.least)}"
    check.that(least_mean(result.shares) >= plan.least, f"{head}\n{story}\nпохоже: {why}")
