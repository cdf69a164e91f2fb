"""What the reviewers of the example say, by what they find in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kafedra.notebooks.document import NotebookCell
from kafedra.web.reviews.services.drafts import Words


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment for the first cell of code with `found` in it."""

    found: str
    text: str
    taken_off: Decimal = Decimal(0)


_REMARKS = (
    Remark(
        "def backward(ctx, upstream)",
        "Обратный проход написан руками, а `torch.autograd.gradcheck` в ноутбуке нет. Приходится верить на слово.",
        Decimal("0.05"),
    ),
    Remark(
        "small = torch.exp(-x.abs())",
        "Показатель всегда неположителен, поэтому $e^{-|x|}$ не переполнится. Так и делают в библиотеках.",
    ),
    Remark(
        "torch.tanh(x / 2)",
        "Изящно: $\\sigma(x) = \\frac{1 + \\tanh(x / 2)}{2}$, и переполняться здесь нечему.",
    ),
    Remark(
        "self.negative_slope * x",
        "`torch.where` вычисляет обе ветви целиком. Здесь это ничего не портит, а в ELU ниже уже важно.",
    ),
    Remark(
        "torch.expm1(torch.clamp(x, max=0))",
        "Аргумент ограничен до экспоненты: градиент невыбранной ветви конечен. И `expm1` здесь кстати.",
    ),
)
_ON_THE_WHOLE = Words(
    0,
    "Ноутбук отправлен без выводов. Запустите проверки и рисунки перед отправкой: по ним видно, что у вас получилось.",
)


def remarks(cells: Iterable[NotebookCell]) -> Iterator[Words]:
    """What to say of these cells, in their order of weight; last something that fits every notebook."""
    code = [cell for cell in cells if cell.kind == "code"]
    for remark in _REMARKS:
        cell = next((cell for cell in code if remark.found in cell.source), None)
        if cell is not None:
            yield Words(cell.number, remark.text, remark.taken_off)
    yield _ON_THE_WHOLE
