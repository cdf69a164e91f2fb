"""What a student does in a notebook: puts code where the stubs are."""

from __future__ import annotations

import ast
import json
from collections.abc import Collection, Sequence

_IMPORTS = ("import ", "from ")


def filled_in(notebook: bytes, module: str, required: Collection[str]) -> bytes:
    """The notebook with the `required` definitions of `module` in place of its own.

    Whatever else the module has (imports, functions of its own) goes into the first such cell. The module's
    leading comments stay out: in a mutant they say what is wrong.
    """
    document = json.loads(notebook)
    rest, definitions = _parts(module, required)
    for cell in document["cells"]:
        names = [name for name in _defined(cell) if name in definitions]
        if names:
            code = [definitions.pop(name) for name in names]
            cell["source"] = _laid_out([*rest, *code]).splitlines(keepends=True)
            rest = []
    leftover = [*rest, *definitions.values()]
    if leftover:
        document["cells"].append(_new_cell(_laid_out(leftover)))
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _laid_out(parts: Sequence[str]) -> str:
    """The parts with two empty lines between them, and none between imports."""
    text = ""
    for before, part in zip(["", *parts], parts, strict=False):
        together = before.startswith(_IMPORTS) and part.startswith(_IMPORTS)
        text += part if not text else f"\n{part}" if together else f"\n\n\n{part}"
    return text


def _parts(module: str, required: Collection[str]) -> tuple[list[str], dict[str, str]]:
    rest, definitions = [], {}
    lines = module.splitlines(keepends=True)
    for statement in ast.parse(module).body:
        name = _name(statement)
        text = _text(statement, lines)
        if name in required:
            definitions[name] = text
        elif not _is_docstring(statement):
            rest.append(text)
    return rest, definitions


def _name(statement: ast.stmt) -> str:
    if isinstance(statement, ast.ClassDef | ast.FunctionDef):
        return statement.name
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    return ""


def _text(statement: ast.stmt, lines: Sequence[str]) -> str:
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    return "".join(lines[first - 1 : statement.end_lineno]).rstrip()


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _defined(cell: dict[str, object]) -> list[str]:
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)  # type: ignore[arg-type]  # a notebook has one or the other
    if cell["cell_type"] != "code":
        return []
    try:
        return [name for statement in ast.parse(text).body if (name := _name(statement))]
    except SyntaxError:  # magics
        return []


def _new_cell(source: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "own-work",
        "metadata": {},
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }
