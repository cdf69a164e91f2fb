"""Разбор: 0,25 балла.

Порог карты внимания. Доля веса на нужной части даты (с соседними буквами), по десять запусков:

                                     среднее     σ       наименьшее   порог    запас (в σ среднего двух)
    solutions/textbook.py              0,932     0,013      0,907       0,60       36
    solutions/by_hand.py               0,886     0,017      0,866       0,60       24

Внимание поровну на все буквы даёт 0,36.
"""

import experiments
import probes
import pytest
import torch
from data import padded
from probes import BOS
from regions import focus

from kafedra.testing import check


def by_length(pairs, predictions, right=lambda target, prediction: float(prediction == target), of=0):
    """Доля по длинам; `of` — чья длина: источника (0) или ответа (1)."""
    groups = {}
    for pair, prediction in zip(pairs, predictions, strict=True):
        groups.setdefault(len(pair[of]), []).append(right(pair[1], prediction))
    return {length: sum(group) / len(group) for length, group in groups.items()}


def by_token(target, prediction):
    return sum(a == b for a, b in zip(target, prediction, strict=False)) / len(target)


def by_start(target, prediction):
    return float(prediction[: len(target)] == target)


def alike(answer, wrong):
    """Тот же ли словарь, с точностью до округления."""
    if type(answer) is not dict or answer.keys() != wrong.keys():
        return False
    return all(type(answer[key]) in (int, float) and abs(answer[key] - wrong[key]) < 1e-9 for key in wrong)


def rounded(answer):
    """Словарь с долями до третьего знака; что угодно другое — как есть."""
    if type(answer) is not dict:
        return answer
    return {key: round(share, 3) if type(share) is float else share for key, share in answer.items()}


@pytest.mark.points("0.1")
def test_accuracy_by_length(submission, rng):
    """Точность по длинам: доля совпавших целиком среди источников каждой длины

    accuracy_by_length(pairs, predictions) → словарь {длина источника: доля}. pairs — пары (источник, ответ),
    predictions — ответы модели в том же порядке, все — списки номеров.
    """
    pairs, predictions = [], []
    for number in range(60):
        length, size = 2 + number % 4, 2 + number % 3
        source = torch.randint(3, 9, (length,), generator=rng).tolist()
        target = torch.randint(3, 9, (size,), generator=rng).tolist()
        wrong = [*target[:-1], 3 + (target[-1] - 2) % 6]
        pairs.append((source, target))
        fate = number // 12 % 5 if number % 4 else (number // 4) % 3
        predictions.append((target, wrong, [*target, 4], target[:-1], target)[fate])
    pairs += [([3] * 7, [4, 5, 6]), ([3] * 7, [7, 8]), ([3] * 8, [5])]  # длина, где верных нет, и длина с одной парой
    predictions += [[6, 5, 4], [8, 7], [5]]  # те же токены в другом порядке — другой ответ
    call = "accuracy_by_length(pairs, predictions)"
    answer = submission.call(probes.shares, pairs, predictions)
    expected = by_length(pairs, predictions)
    causes = {
        "считаются отдельные токены, а нужна доля ответов, совпавших целиком": by_length(pairs, predictions, by_token),
        "лишнее в конце ответа не замечено: сравнивается только начало": by_length(pairs, predictions, by_start),
        "сгруппировано по длине ответа, а не источника": by_length(pairs, predictions, of=1),
        "порядок токенов не замечен: [6, 5, 4] — не то же, что [4, 5, 6]": by_length(
            pairs, predictions, lambda target, prediction: float(sorted(target) == sorted(prediction))
        ),
        "пропущена длина, где верных нет: там доля 0": {length: share for length, share in expected.items() if share},
        "поделено на число всех пар, а нужно на число пар этой длины": {
            length: share * sum(len(source) == length for source, _ in pairs) / len(pairs)
            for length, share in expected.items()
        },
        "это проценты, а нужны доли": {length: 100 * share for length, share in expected.items()},
        "это число верных, а нужна доля": {
            length: share * sum(len(source) == length for source, _ in pairs) for length, share in expected.items()
        },
    }
    cause = next((cause for cause, wrong in causes.items() if alike(answer, wrong)), "словарь не тот")
    told = f"{call}: {cause}\nожидалось {rounded(expected)}\nпришло {str(rounded(answer))[:200]}"
    check.that(alike(answer, expected), told)


@pytest.mark.points("0.05")
def test_align(submission, rng):
    """Карта внимания: строка t — куда модель смотрела, когда писала токен t

    align(model, source, target) → (B, T, S). Токен t пишется, когда на входе BOS и токены до t: сам target подавать
    на вход нельзя, строки карты съедут на одну. Режим модели остаётся прежним.
    """
    size, steps = 9, 6
    source = padded([torch.randint(3, 13, (length,), generator=rng).tolist() for length in (5, 3, 4)])
    target = padded([torch.randint(3, size, (length,), generator=rng).tolist() for length in (steps, 2, 4)])
    table = torch.randn(4, steps + 2, size, size, generator=rng, dtype=torch.float64)
    weights = torch.rand(steps + 2, size, 5, generator=rng, dtype=torch.float64)
    call = "align(model, source, target)"
    answer, training = check.parts(submission.call(probes.align, table, weights, source, target), 2, call=call)
    before = torch.cat([torch.full((3, 1), BOS), target[:, :-1]], dim=1)
    shown, places = torch.cat([torch.full((3, 1), BOS), target], dim=1), torch.arange(steps)
    longer = weights[torch.arange(steps + 1), shown]
    suspects = {
        "карта съехала на строку: на вход подан сам ответ, без BOS": weights[places, target],
        "карта съехала на строку: у неё лишняя строка, после последнего токена": longer,
        "карта съехала на строку: выброшена первая, а надо последнюю": longer[:, 1:],
        "оси перепутаны: строка — это токен ответа, столбец — слово источника": weights[places, before].transpose(1, 2),
    }
    check.close(answer, weights[places, before], call=call, suspects=suspects)
    why = "align только смотрит: model.train() и отсюда не вызывают"
    check.equal(training, False, call=f"{call}: режим модели после вызова (model.training)", why=why)


@pytest.mark.points("0.1")
@pytest.mark.long
def test_alignment(submission, rng, request):
    """Даты: обученная модель смотрит туда, где написано то, что она пишет

    Те же запуски, что в проверке дат. Пока RecurrentModel пишет цифры года, веса лежат на годе, пока пишет месяц —
    на месяце, день — на дне (и на соседних буквах: их состояние тоже помнит). На нужной части — не меньше 60 % веса.
    """
    result = experiments.dates(submission, rng, request.session.stash)
    shares = []
    for number, (task, answers, weights) in enumerate(result.runs):
        call = f"веса внимания RecurrentModel после обучения {number + 1}"
        shape = (*answers.shape, task.sources.shape[1])
        check.tensor(weights, shape=shape, dtype=torch.float32, call=call)
        check.that(bool(((weights >= 0) & (weights <= 1.001)).all()), f"{call}: не доли")
        check.that(bool((weights.sum(-1) < 1.001).all()), f"{call}: их сумма больше единицы")
        shares.append(focus(task, answers, weights))
    share = sum(shares) / len(shares)
    check.that(
        share >= experiments.FOCUS,
        f"веса внимания смотрят не туда: на нужной части даты лежит {check.percent(share)} веса, "
        f"нужно не меньше {check.percent(experiments.FOCUS)}, в среднем по запускам\n"
        "похоже: веса возвращены не те, по которым считался контекст, или модель не научилась",
    )
