"""The API's document as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

TITLES = {
    "me": gettext_noop("What is mine"),
    "submissions": gettext_noop("Submissions and reports"),
    "staff": gettext_noop("For teachers"),
    "extensions": gettext_noop("Extensions"),
    "marks": gettext_noop("Marks"),
}
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is sent or that comes back; `depth` is how far inside others it stands."""

    name: str
    kind: str
    words: str
    required: bool
    depth: int

    @property
    def inset(self) -> str:
        """What stands before its name: a dot for each thing that it is in."""
        return "· " * self.depth


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with one method."""

    anchor: str
    method: str
    path: str
    words: str
    scopes: tuple[str, ...]
    takes: tuple[Field, ...]
    body: tuple[Field, ...]
    gives: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Operations that belong together."""

    name: str
    title: str
    operations: tuple[Operation, ...]


def chapters(document: Mapping[str, Any]) -> list[Chapter]:
    """Every operation of the document, in the language of the page."""
    found: dict[str, list[Operation]] = {name: [] for name in TITLES}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            found[operation["tags"][0]].append(_operation(document, path, method, operation))
    return [Chapter(name, _(TITLES[name]), tuple(some)) for name, some in found.items()]


def _operation(document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]) -> Operation:
    takes, summary = [_parameter(one) for one in operation["parameters"]], operation["summary"]
    answer = next(one for status, one in operation["responses"].items() if int(status) < 300)
    return Operation(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        words=_(summary),
        scopes=tuple(operation.get("x-scopes", ())),
        takes=tuple(one for one in takes if one.name != "run"),
        body=tuple(_fields(document, _content(operation.get("requestBody", {})))),
        gives=tuple(_fields(document, _content(answer))),
    )


def _content(part: Mapping[str, Any]) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = part.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _parameter(one: Mapping[str, Any]) -> Field:
    words = one.get("description", "")
    return Field(one["name"], _kind(one["schema"]), _(words) if words else "", one["required"], 0)


def _fields(document: Mapping[str, Any], schema: Mapping[str, Any], depth: int = 0) -> Iterator[Field]:
    schema = _resolved(document, schema)
    required: Sequence[str] = schema.get("required", ())
    for name, one in schema.get("properties", {}).items():
        words = one.get("description", "")
        yield Field(name, _kind(one), _(words) if words else "", name in required, depth)
        inner = one.get("items", one)
        if depth < _DEEPEST and "$ref" in inner:
            yield from _fields(document, inner, depth + 1)


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _kind(schema: Mapping[str, Any]) -> str:
    """`integer`, `string (date-time) | null`, `array of object`: JSON's own words, the same in every language."""
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"])).replace("number | integer", "number")
    if "enum" in schema:
        return " | ".join(f"“{one}”" for one in schema["enum"] if one != "")
    kind = str(schema.get("type", "object"))
    if kind == "array":
        return f"array of {_kind(schema['items'])}"
    return f"{kind} ({schema['format']})" if "format" in schema else kind
