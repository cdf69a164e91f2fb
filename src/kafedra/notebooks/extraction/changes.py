"""What a statement changes in place: a table that it fills, a class that it gives a method, a model that it adds to.

Read off the text, nothing is run. What changes a name that the solution needs belongs with it, as long as it is one
statement that does nothing else; a training loop is no such thing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kafedra.notebooks.extraction.scopes import running

# methods that change what they are called on, wherever the call stands
_CHANGING: Final = frozenset(
    "add add_module append appendleft apply clear discard extend extendleft insert load_state_dict pop popitem "
    "popleft register register_buffer register_forward_hook register_forward_pre_hook register_module "
    "register_parameter remove reverse setdefault sort update".split()
)
# methods that only look, even where the call is a statement of its own
_LOOKING: Final = frozenset("describe display head hist info plot print savefig show summary tail view".split())
# functions that change what they are given first
_CHANGING_ARGUMENT: Final = frozenset(
    "setattr delattr shuffle heapify heappush insort insort_left insort_right".split()
)
_TRAINING: Final = frozenset({"backward", "step"})
_SETTERS: Final = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete)
_LOOPS: Final = (ast.For, ast.AsyncFor, ast.While)
_BLOCKS: Final = (ast.If, ast.Try, ast.TryStar, ast.With, ast.AsyncWith)
_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_HOOK: Final = "__init_subclass__"
_MOST_ABOVE: Final = 10  # tables that one subclass enters itself into; a stranger's family may be of any length
_ROUNDS: Final = 3  # how deep functions that change what they are given may call each other


@dataclass(frozen=True)
class Change:
    """The names that a statement changes in place.

    ``whole``: that, and nothing else worth mentioning, is what it does. ``registers``: names of tables that a decorator
    enters a definition into, or a class that knows its subclasses; they belong to who reads such a table, not to who is
    entered next. ``binds``: names that a function which is called here makes, by ``global``.
    """

    names: frozenset[str] = frozenset()
    whole: bool = True
    registers: frozenset[str] = frozenset()
    binds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Function:
    """What a function of the notebook changes: parameters by position, globals by name; and whether it trains.

    ``binds`` are the globals that it makes.
    """

    parameters: tuple[str, ...]
    changed: frozenset[str]
    binds: frozenset[str]
    trains: bool

    def given(self, call: ast.Call) -> Iterator[ast.expr]:
        """The arguments of ``call`` that the function changes."""
        for name, argument in zip(self.parameters, call.args, strict=False):
            if name in self.changed:
                yield argument
        yield from (word.value for word in call.keywords if word.arg in self.changed and word.arg in self.parameters)

    @property
    def outside(self) -> frozenset[str]:
        return self.changed - frozenset(self.parameters)


@dataclass(frozen=True)
class Changes:
    """What there is in a notebook to be changed, and which of its functions do so."""

    classes: frozenset[str] = frozenset()
    imported: frozenset[str] = frozenset()
    functions: Mapping[str, _Function] = field(default_factory=dict)
    families: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def among(cls, nodes: Iterable[ast.stmt]) -> Changes:
        """For a notebook of these top-level statements."""
        nodes = list(nodes)
        classes = frozenset(node.name for node in nodes if isinstance(node, ast.ClassDef))
        imports = [alias for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]
        imported = frozenset(alias.asname or alias.name.partition(".")[0] for alias in imports)
        definitions = {node.name: node for node in nodes if isinstance(node, _FUNCTIONS)}
        found = cls(classes, imported)
        for _ in range(_ROUNDS):
            functions = {name: found._function(node) for name, node in definitions.items()}
            if functions == found.functions:
                break
            found = cls(classes, imported, functions)
        return replace(found, families=found._families(nodes))

    def _families(self, nodes: Sequence[ast.stmt]) -> Mapping[str, frozenset[str]]:
        """Classes that know their subclasses, and those below them; what a subclass of each enters itself into."""
        asked = {name for node in nodes for name in _asked_for_subclasses(node)}
        families = dict[str, frozenset[str]]()
        for node in nodes:
            if isinstance(node, ast.ClassDef):
                above = [families[name] for name in _base_names(node) if name in families]
                hooks = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == _HOOK]
                if hooks or above or node.name in asked:
                    tables = (self._function(hook).outside for hook in hooks)
                    family = frozenset({node.name}).union(*above, *tables)
                    families[node.name] = family if len(family) <= _MOST_ABOVE else frozenset({node.name})
        return families

    def of(self, node: ast.stmt) -> Change:
        """What one top-level statement changes."""
        if isinstance(node, _SETTERS):
            changed = frozenset(self._changed([node]))
            if patched := self._patched(node, changed):
                return Change(patched, whole=False)
            return Change(self._own(changed))
        if isinstance(node, ast.Expr):
            changed = self._own(self._by_expression(node.value))
            return Change(changed, whole=not self._trains(node), binds=changed & self._bound_by_calls(node))
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            change = self._by_decorators(node)
            if not isinstance(node, ast.ClassDef):
                return change
            inside = self._own(self._changed(part for statement in node.body for part in running(statement)))
            tables = (self.families.get(name, frozenset()) for name in _base_names(node))
            entered = self._own(frozenset().union(*tables)) - {node.name}
            return replace(change, names=change.names | inside, registers=change.registers | entered)
        if isinstance(node, (*_LOOPS, *_BLOCKS)):
            bound = {
                part.id for part in running(node) if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
            }
            names = self._own(self._in_block(node)) - bound
            return Change(names, whole=not self._trains(node) and self._fills([node]))
        return Change()

    def _patched(self, node: ast.stmt, changed: frozenset[str]) -> frozenset[str]:
        """What is imported and given code of the notebook's own, ``torch.Tensor.half = half``: that is only said."""
        value = node.value if isinstance(node, ast.Assign) else None
        named = isinstance(value, ast.Name) and (value.id in self.functions or value.id in self.classes)
        return changed & self.imported if named or isinstance(value, ast.Lambda) else frozenset()

    def _own(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(names) - self.imported

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> _Function:
        arguments = node.args
        parameters = tuple(one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs))
        inside = [part for statement in node.body for part in ast.walk(statement)]
        changed = set(self._changed(inside))
        shared = {name for part in inside if isinstance(part, ast.Global) for name in part.names}
        bound = {part.id for part in inside if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)}
        changed -= bound - shared - set(parameters)
        made = frozenset(bound & shared)
        return _Function(parameters, frozenset(changed) | made, made, self._calls_training(inside))

    def _bound_by_calls(self, node: ast.stmt) -> frozenset[str]:
        """Globals that functions called by the statement make."""
        calls = (part.func for part in running(node) if isinstance(part, ast.Call))
        own = (self.functions.get(function.id) for function in calls if isinstance(function, ast.Name))
        return frozenset(name for function in own if function is not None for name in function.binds)

    def _changed(self, parts: Iterable[ast.AST]) -> Iterator[str]:
        """Roots of what any of ``parts`` changes by itself."""
        for part in parts:
            if isinstance(part, _SETTERS):
                yield from _stored(part)
            elif isinstance(part, ast.Call):
                yield from self._by_call(part)

    def _by_call(self, call: ast.Call) -> Iterator[str]:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        in_place = name.endswith("_") and not name.endswith("__")  # torch's own way to say so
        changed: list[ast.expr] = []
        if isinstance(call.func, ast.Attribute) and (name in _CHANGING or in_place):
            changed.append(call.func.value)
        if name in _CHANGING_ARGUMENT or in_place:
            changed += call.args[:1]
        own = self.functions.get(name) if isinstance(call.func, ast.Name) else None
        if own is not None:
            yield from own.outside
            changed += own.given(call)
        yield from (root for expression in changed if (root := root_of(expression)) is not None)

    def _by_expression(self, value: ast.expr) -> Iterator[str]:
        """A call that is a statement of its own is there for what it changes, unless it is known to only look."""
        yield from self._changed(running(value))
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr not in _LOOKING:
            root = root_of(value.func.value)
            if root is not None:
                yield root

    def _by_decorators(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Change:
        names, registers = set[str](), set[str]()
        for decorator in node.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            target = call.func if call else decorator
            own = self.functions.get(target.id) if isinstance(target, ast.Name) else None
            if own is not None:
                registers |= own.outside
                names.update(root for part in (own.given(call) if call else ()) for root in _roots(part))
            elif call is not None and not isinstance(node, ast.ClassDef):  # somebody else's `add_to_class(MyReLU)`
                names.update(root for part in call.args for root in _roots(part) if root in self.classes)
            if isinstance(target, ast.Attribute) and (root := root_of(target.value)) is not None:
                registers.add(root)
        if node.decorator_list and not isinstance(node, ast.ClassDef):
            names |= _annotated_self(node) & self.classes
        return Change(self._own(names), registers=self._own(registers - {node.name}))

    def _in_block(self, node: ast.stmt) -> Iterator[str]:
        for part in running(node):
            if isinstance(part, ast.Expr):
                yield from self._by_expression(part.value)
        yield from self._changed(running(node))

    def _fills(self, body: Iterable[ast.stmt]) -> bool:
        """Nothing but filling: items and attributes set, methods called, names of its own in between."""
        for node in body:
            if isinstance(node, (*_LOOPS, *_BLOCKS)):
                inner = [*node.body, *getattr(node, "orelse", []), *getattr(node, "finalbody", [])]
                inner += [part for handler in getattr(node, "handlers", []) for part in handler.body]
                if not self._fills(inner):
                    return False
            elif isinstance(node, ast.Expr):
                called = isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name | ast.Attribute)
                if not called and not isinstance(node.value, ast.Constant):
                    return False
            elif not isinstance(node, (*_SETTERS, ast.Pass, ast.Continue, ast.Break)):
                return False
        return True

    def _trains(self, node: ast.AST) -> bool:
        return self._calls_training(running(node))

    def _calls_training(self, parts: Iterable[ast.AST]) -> bool:
        functions = [part.func for part in parts if isinstance(part, ast.Call)]
        own = (self.functions.get(one.id) for one in functions if isinstance(one, ast.Name))
        direct = any(isinstance(one, ast.Attribute) and one.attr in _TRAINING for one in functions)
        return direct or any(function is not None and function.trains for function in own)


def root_of(expression: ast.expr) -> str | None:
    """``net`` for ``net.layers["first"].weight`` and for ``net.parameters()``."""
    while not isinstance(expression, ast.Name):
        if isinstance(expression, ast.Attribute | ast.Subscript | ast.Starred):
            expression = expression.value
        elif isinstance(expression, ast.Call) and isinstance(expression.func, ast.Attribute):
            expression = expression.func
        else:
            return None
    return expression.id


def _base_names(node: ast.ClassDef) -> Iterator[str]:
    yield from (base.id for base in node.bases if isinstance(base, ast.Name))


def _asked_for_subclasses(node: ast.stmt) -> Iterator[str]:
    """``Shape`` of ``Shape.__subclasses__()``, wherever it stands."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and part.attr == "__subclasses__" and isinstance(part.value, ast.Name):
            yield part.value.id


def _roots(expression: ast.expr) -> Iterator[str]:
    """The same for each part of a tuple."""
    parts = expression.elts if isinstance(expression, ast.Tuple | ast.List) else [expression]
    yield from (root for part in parts if (root := root_of(part)) is not None)


def _stored(node: ast.stmt) -> Iterator[str]:
    """``MyReLU`` for ``MyReLU.forward = f``, ``TABLE["x"] = 1``, ``del TABLE["x"]`` and ``a, TABLE["x"] = 1, 2``."""
    targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else [node.target]  # type: ignore[attr-defined]  # the other two
    for target in targets:
        for part in ast.walk(target):
            if isinstance(part, ast.Attribute | ast.Subscript) and not isinstance(part.ctx, ast.Load):
                root = root_of(part)
                if root is not None:
                    yield root


def _annotated_self(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """``MyReLU`` for ``def forward(self: MyReLU, x)``: fastcore's ``@patch`` attaches it there."""
    first = [*node.args.posonlyargs, *node.args.args][:1]
    parts = [part for one in first if one.annotation is not None for part in ast.walk(one.annotation)]
    return {part.id for part in parts if isinstance(part, ast.Name)}
