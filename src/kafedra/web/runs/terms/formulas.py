"""Formulas as they are stored with accepted terms, and as lines that can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from kafedra.policy.scheme import Automat, Formula, Letter, Marked, Requirement


def formula_json(formula: Formula) -> dict[str, Any]:
    """Plain values, exact."""
    plain: dict[str, Any] = _plain(asdict(formula))
    return plain


def formula_from_json(document: Mapping[str, Any]) -> Formula:
    """As `formula_json` wrote it; also what was stored as two weights, a threshold, a scale and a cap."""
    if "homework_weight" in document:
        return _weighted(document)
    automat = document["automat"]
    return Formula(
        total=document["total"],
        parts=tuple((name, text) for name, text in document["parts"]),
        marks=tuple(
            Marked(
                one["name"],
                Decimal(one["most"]),
                one["unit"],
                one["admission"],
                None if one["unmarked"] is None else Decimal(one["unmarked"]),
            )
            for one in document["marks"]
        ),
        automat=Automat(**automat) if automat else None,
        required=tuple(Requirement(one["condition"], Decimal(one["otherwise"])) for one in document["required"]),
        letters=tuple(Letter(Decimal(one["least"]), one["letter"]) for one in document["letters"]),
        cap=Decimal(document["cap"]),
        rounding=document["rounding"],
    )


def formula_texts(formula: Formula) -> Iterator[tuple[str, object]]:
    """Each text and number of it under a name: that of the file's `[formula]`."""
    yield "total", formula.total
    for name, text in formula.parts:
        yield f"parts.{name}", text
    for mark in formula.marks:
        yield f"marks.{mark.name}", _mark_text(mark)
    if formula.automat:
        yield "automat.when", formula.automat.when
        yield "automat.total", formula.automat.total
    for number, one in enumerate(formula.required, 1):
        yield f"required.{number}", f"{one.condition}: {one.otherwise:f}"
    if formula.letters:
        yield "letters", ", ".join(f"{one.letter} {one.least:f}" for one in formula.letters)
    yield "cap", formula.cap
    yield "rounding", formula.rounding


def _mark_text(mark: Marked) -> str:
    unit = " %" if mark.unit == "percent" else ""
    parts = [f"0–{mark.most:f}{unit}"]
    if mark.admission:
        parts.append(mark.admission)
    if mark.unmarked is not None:
        parts.append(f"= {mark.unmarked:f}")
    return "; ".join(parts)


def _weighted(document: Mapping[str, str]) -> Formula:
    homework, exam = (Decimal(document[name]) for name in ("homework_weight", "exam_weight"))
    scale = document.get("automat_scale_to", "10")
    return Formula(
        total=f"{homework:f} * O_hw + {exam:f} * exam",
        parts=(("O_hw", "sum(homework) + sum(bonus)"),),
        marks=(Marked("exam"),),
        automat=Automat(f"O_hw >= {document['automat_threshold']}", f"{scale} / most(homework) * O_hw"),
        cap=Decimal(document.get("cap", "10")),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
