"""Every service that writes also writes the record. A new service without a case in its room's `writes.py` fails.

Which tables a case writes is watched, not declared.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from tests.web.cases import CASES, EXEMPT, World, name_of, of_rooms

import kafedra.web
from kafedra.web import clock
from kafedra.web.people import services as people
from kafedra.web.people.models import Role, User
from kafedra.web.record import services as record
from kafedra.web.record.models import AppendOnly, Entry
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.submissions import verbs

list(of_rooms("writes"))  # which fill both tables
WRITE = re.compile(r'^(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "(\w+)"')


# Modules outside `services` that may write, and why.
WRITERS = {"people/throttle.py": "attempts, kept for a quarter of an hour to slow down guessing and letters"}


@pytest.fixture(autouse=True)
def no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    from kafedra.web.submissions import storage

    monkeypatch.setattr(storage, "create_repository", lambda repository, assignment: "0" * 40)


@pytest.fixture(autouse=True)
def one_more_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The course has a run that the database doesn't know yet."""
    known = course.written()
    more = {**known.runs, "2024": known.runs["2023"]}
    monkeypatch.setattr(course, "written", lambda: replace(known, runs=more))


@pytest.fixture
def world(run: Run, student: User, instructor: User) -> World:
    return World(run, student, instructor)


def services() -> Iterator[str]:
    """Every public function of every `services` module of the web part, as `app.services.function`."""
    others = [config.module for config in apps.get_app_configs() if config.name.startswith("tests.")]
    for package in (kafedra.web, *others):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.rpartition(".")[2] == "services" or ".services." in found.name:
                module = importlib.import_module(found.name)
                for name, value in vars(module).items():
                    if inspect.isfunction(value) and value.__module__ == found.name and not name.startswith("_"):
                        yield name_of(value)


def test_every_service_has_its_case() -> None:
    assert sorted(services()) == sorted([*CASES, *EXEMPT])


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_write_leaves_a_line(name: str, world: World) -> None:
    act = CASES[name](world)
    before = Entry.objects.count()
    written: set[str] = set()

    def watch(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # Django's own protocol
        result = execute(sql, params, many, context)
        if (match := WRITE.match(sql)) and (sql.startswith("INSERT") or context["cursor"].rowcount):
            written.add(match[1])
        return result

    with connection.execute_wrapper(watch):
        act()
    assert written - {"record_entry"}, "the case must make the service write something"
    assert Entry.objects.count() > before


def test_nobody_writes_outside_the_services() -> None:
    root = Path(kafedra.web.__file__).parent
    offenders = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in sorted(root.rglob("*.py"))
        if not {"migrations", "services", "models"} & {*path.relative_to(root).parts, path.stem}
        and str(path.relative_to(root)) not in WRITERS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _is_write(node)
    ]
    assert offenders == []


ALWAYS_WRITES = {"create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"}
ROWS = {"objects", "everything", "filter", "exclude", "all", "select_for_update"}


def _is_write(call: ast.Call) -> bool:
    """`row.save()`, `run.memberships.create(…)`, `Model.everything.update(…)` and the like; not `book.save(file)`."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name = call.func.attr
    if name == "save":
        return not call.args
    return name in ALWAYS_WRITES or (name in {"update", "set", "add", "remove", "clear"} and bool(ROWS & _chain(call)))


def _chain(call: ast.Call) -> set[str]:
    """Every name on the way to what is called; sets and dicts are updated without a manager among them."""
    found, node = set[str](), call.func
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return found


@pytest.mark.parametrize(
    ("code", "writes"),
    [
        ("row.save()", True),
        ('row.save(update_fields=["state"])', True),
        ("row.delete()", True),
        ("run.memberships.create(user=user)", True),
        ("Report.everything.update(points=1)", True),
        ("Submission.objects.filter(pk=1).update(state=2)", True),
        ("Submission.objects.select_for_update().get(pk=1)", False),
        ("book.save(file)", False),
        ("known.update(more)", False),
        ("seen.add(name)", False),
    ],
)
def test_a_write_is_known_by_its_look(code: str, writes: bool) -> None:
    (call, *_inner) = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    assert _is_write(call) is writes


def test_what_is_recorded_stays(world: World) -> None:
    entry = Entry.objects.first()
    assert entry is not None
    entry.why = "changed"
    for attempt in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(why="changed")):
        with pytest.raises(AppendOnly):
            attempt()


def test_a_write_and_its_line_are_lost_together(world: World) -> None:
    before = Entry.objects.count()

    @transaction.atomic
    def interrupted() -> None:
        people.issue_token(user=world.student, label="git")
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        interrupted()
    assert Entry.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record.note(who=None, verb=verbs.TAKEN_UP, about=None)


def test_secrets_are_not_in_the_record(world: World) -> None:
    _row, token = people.issue_token(user=world.student, label="git")
    link = people.invite(run=world.run, role=Role.STUDENT, created_by=world.instructor)
    people.change_password(user=world.student, password="birds over chalk")
    told = str(list(Entry.objects.values()))
    assert token not in told
    assert link.token not in told
    assert "birds over chalk" not in told


def test_times_come_from_the_movable_clock(world: World) -> None:
    with clock.shifted(timedelta(days=100)):
        people.issue_token(user=world.student, label="git")
    assert Entry.objects.latest("at").at > clock.now() + timedelta(days=99)
