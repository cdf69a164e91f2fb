"""From pydantic's structured errors to sentences for the author of a file."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from inspect import isclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kafedra.course.fields import NOT_ALLOWED
from kafedra.course.lines import KeyPath

ALLOWED = {
    "string_type": "must be text in quotes",
    "string_too_short": "must not be empty",
    "bool_type": "must be true or false, without quotes",
    "tuple_type": "must be a list in square brackets",
    "too_short": "must not be empty",
    "model_type": "must be a table",
    "literal_error": "must be {expected}",
}


@dataclass(frozen=True)
class Mistake:
    """One wrong key of a table: what was seen (None: nothing) and what is allowed."""

    key: KeyPath
    value: object
    message: str


def mistakes_of(error: ValidationError, model: type[BaseModel]) -> list[Mistake]:
    """Every mistake in `error`; a key that is misspelt or in a wrong table is one mistake, not also a missing key."""
    details = [detail for detail in error.errors(include_url=False) if not _is_consequence(detail)]
    missing = {detail["loc"] for detail in details if detail["type"] == "missing"}
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    meant = {loc: key for loc in unknown if (key := _meant(loc, model, missing))}
    return [
        Mistake(detail["loc"], _value(detail), _message(detail, model, meant))
        for detail in details
        if not (detail["type"] == "missing" and detail["loc"] in meant.values())
    ]


def _is_consequence(detail: ErrorDetails) -> bool:
    """Whether it only follows from another mistake: of a key it depends on, or of the list's elements."""
    follows_from_elements = detail["type"] == "too_short" and len(detail["input"]) > 0
    return detail["type"] == "default_factory_not_called" or follows_from_elements


def _value(detail: ErrorDetails) -> object:
    return None if detail["type"] == "missing" else detail["input"]


def _message(detail: ErrorDetails, model: type[BaseModel], meant: Mapping[KeyPath, KeyPath]) -> str:
    kind, loc, context = detail["type"], detail["loc"], detail.get("ctx", {})
    if kind == NOT_ALLOWED:
        return str(context["message"])
    if kind == "missing":
        description = _table_at(model, loc[:-1]).model_fields[str(loc[-1])].description
        return f"is required: {description}" if description else "is required"
    if kind == "extra_forbidden":
        return _about_unknown(loc, meant.get(loc), _table_at(model, loc[:-1]))
    if kind == "tuple_type" and isinstance(detail["input"], dict):
        return f"must be a list of tables: each begins with [[{loc[-1]}]], in double brackets"
    return ALLOWED[kind].format(**context) if kind in ALLOWED else detail["msg"]


def _about_unknown(loc: KeyPath, meant: KeyPath | None, table: type[BaseModel]) -> str:
    if meant is None:
        return f"unknown key — allowed here: {', '.join(table.model_fields)}"
    if len(meant) < len(loc):
        return "belongs to the top of the file, above the first [table]"
    return f"unknown key — did you mean '{meant[-1]}'?"


def _meant(loc: KeyPath, model: type[BaseModel], missing: Collection[KeyPath]) -> KeyPath | None:
    """The key that the author of the unknown `loc` had in mind: one that is still missing, if possible."""
    if loc[-1:] in missing:
        return loc[-1:]
    absent = [str(other[-1]) for other in missing if other[:-1] == loc[:-1]]
    known = list(_table_at(model, loc[:-1]).model_fields)
    for candidates in (absent, known):
        if near := get_close_matches(str(loc[-1]), candidates, n=1, cutoff=0.6):
            return (*loc[:-1], near[0])
    return None


def _table_at(model: type[BaseModel], path: KeyPath) -> type[BaseModel]:
    for part in path:
        if isinstance(part, str) and part in model.model_fields:  # else the name of one of many tables
            model = next(_models_in(model.model_fields[part].annotation), model)
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
