"""A file of tests as the student gets it: without hidden tests, and without what only those used.

Lines are cut, not rewritten: what stays is what the author wrote.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from kafedra.course import Problem, parse_python
from kafedra.notebooks.percent import BuildError

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def public_part(shown: Path, text: str) -> str | None:
    """``text`` of a test file without its hidden tests; ``None`` if no test is left.

    ``shown`` is what problems call the file. Raises CourseError if it isn't Python, and :class:`BuildError` if a hidden
    test is marked in a way that would let it slip through.
    """
    tree = parse_python(text, shown)
    if _hides_everything(tree):
        return None
    dropped: set[ast.AST] = set(_hidden_nodes(tree))
    if not dropped:
        _require_clean(shown, text, text, ())
        return text
    used_at_first = {used for node in tree.body for used in _names(node, ())}
    while stale := list(_stale(tree, dropped, used_at_first)):
        dropped.update(stale)
    result = _cut(text, tree, dropped)
    _require_clean(shown, text, result, hidden_tests(text))
    return result if any(_is_test(node) for node in ast.walk(ast.parse(result))) else None


def hidden_tests(text: str) -> tuple[str, ...]:
    """Names that must not appear in anything a student is given: hidden tests and hidden test classes.

    Of what isn't Python there are none: its public part says so.
    """
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return ()
    if _hides_everything(tree):
        return tuple(node.name for node in ast.walk(tree) if isinstance(node, _Function) and _is_test(node))
    return tuple(node.name for node in _hidden_nodes(tree))


def _is_test(node: ast.AST) -> bool:
    return isinstance(node, _Function) and node.name.startswith("test")


def _hides_everything(tree: ast.Module) -> bool:
    """``pytestmark = pytest.mark.hidden``"""
    assignments = (node for node in tree.body if isinstance(node, ast.Assign))
    return any(_mentions_hidden(node.value) and "pytestmark" in _bound(node) for node in assignments)


def _hidden_nodes(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Hidden functions and classes, and classes of which nothing but hidden tests would remain."""
    for node in ast.walk(tree):
        if isinstance(node, _Function | ast.ClassDef):
            tests = [child for child in ast.walk(node) if child is not node and _is_test(child)]
            all_hidden = bool(tests) and all(isinstance(t, _Function) and _is_hidden(t) for t in tests)
            if _is_hidden(node) or (isinstance(node, ast.ClassDef) and all_hidden):
                yield node


def _is_hidden(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    return any(_mentions_hidden(decorator) for decorator in node.decorator_list)


def _mentions_hidden(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr == "hidden" for part in ast.walk(node))


def _stale(tree: ast.Module, dropped: Collection[ast.AST], used_at_first: set[str]) -> Iterator[ast.AST]:
    """Helpers, constants and imports that something used before, and nothing that stays does."""
    uses = {node: set(_names(node, dropped)) for node in tree.body if node not in dropped}
    users = Counter(name for names in uses.values() for name in names)
    for node, names_used in uses.items():
        others = {name for name, count in users.items() if count > (name in names_used)}
        if isinstance(node, ast.Import | ast.ImportFrom):
            aliases = [alias for alias in node.names if alias not in dropped]
            unused = [alias for alias in aliases if _alias(alias) in used_at_first - others]
            yield from [node] if aliases == unused else unused
        elif (names := set(_bound(node))) and names <= used_at_first and not names & others:
            yield node


def _names(node: ast.AST, without: Collection[ast.AST]) -> Iterator[str]:
    """Names that a statement uses; a parameter is one, for it may name a fixture."""
    if node in without:
        return
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
        yield node.value  # @pytest.mark.usefixtures("name")
    for child in ast.iter_child_nodes(node):
        yield from _names(child, without)


def _bound(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, _Function | ast.ClassDef):
        if not _is_test(node) and not (isinstance(node, ast.ClassDef) and node.name.startswith("Test")):
            yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))


def _alias(alias: ast.alias) -> str:
    return alias.asname or alias.name.split(".")[0]


def _cut(text: str, tree: ast.Module, dropped: Collection[ast.AST]) -> str:
    lines: list[str | None] = list(text.split("\n"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in dropped:
            left = [alias for alias in node.names if alias not in dropped]
            if len(left) < len(node.names):
                node.names = left
                _replace(lines, node, ast.unparse(node))
        elif isinstance(node, ast.stmt) and node in dropped:
            _replace(lines, node, None)
    result = "\n".join(line for line in lines if line is not None)
    return re.sub(r"\n{4,}", "\n\n\n", result).strip("\n") + "\n"


def _replace(lines: list[str | None], node: ast.stmt, text: str | None) -> None:
    """Put ``text`` in place of a statement, its decorators and the comment right above it."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
    if text is None:
        while first > 0 and (lines[first - 1] or "").lstrip().startswith("#"):
            first -= 1
    for number in range(first, node.end_lineno or node.lineno):
        lines[number] = None
    lines[first] = text


def _require_clean(shown: Path, text: str, result: str, hidden: tuple[str, ...]) -> None:
    if _mentions_hidden(ast.parse(result)):
        message = "is not the decorator of a test or of a class, so it hides nothing"
        raise BuildError([Problem(shown, _astray(text), "", "pytest.mark.hidden", message)])
    problems = [
        # the result has other lines; what is left of a name there stands below or above its test in the file
        Problem(
            shown, mention(text, test, last=True), test, None, "the hidden test is still mentioned in what is public"
        )
        for test in hidden
        if mention(result, test) is not None
    ]
    if problems:
        raise BuildError(problems)


def _astray(text: str) -> int | None:
    """The line of a mark that hides nothing."""
    tree = ast.parse(text)
    proper = {
        part
        for node in ast.walk(tree)
        if isinstance(node, _Function | ast.ClassDef)
        for decorator in node.decorator_list
        for part in ast.walk(decorator)
    }
    marks = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "hidden")
    return next((node.lineno for node in marks if node not in proper), None)


def mention(text: str, word: str, *, last: bool = False) -> int | None:
    """The line (from 1) on which ``word`` stands as a whole word, the first one or the last."""
    pattern = re.compile(rf"\b{re.escape(word)}\b")
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if pattern.search(line)]
    return None if not lines else lines[-1 if last else 0]
