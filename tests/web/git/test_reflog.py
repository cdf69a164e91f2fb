"""What a repository's own log says of the pushes that it took."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kafedra.web.git.reflog import arrivals

START, FIRST, SECOND = (f"{number:040x}" for number in (1, 2, 3))
NOTHING = "0" * 40


def repository(folder: Path, main: str, *moves: tuple[str, str, int]) -> Path:
    lines = [f"{old} {new} anna <anna@http.127.0.0.1> {at} +0300\tpush\n" for old, new, at in moves]
    for path, text in (("logs/refs/heads/main", "".join(lines)), ("refs/heads/main", f"{main}\n")):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def test_every_push_with_its_moment(tmp_path: Path) -> None:
    made = repository(
        tmp_path, SECOND, (NOTHING, START, 100), (START, FIRST, 1_674_500_000), (FIRST, SECOND, 1_674_586_400)
    )
    assert [(one.commit, one.at) for one in arrivals(made)] == [
        (FIRST, datetime(2023, 1, 23, 18, 53, 20, tzinfo=UTC)),
        (SECOND, datetime(2023, 1, 24, 18, 53, 20, tzinfo=UTC)),
    ]


def test_the_start_is_not_a_push(tmp_path: Path) -> None:
    assert arrivals(repository(tmp_path, START, (NOTHING, START, 100))) == ()


def test_a_move_that_was_logged_but_never_happened(tmp_path: Path) -> None:
    made = repository(tmp_path, FIRST, (NOTHING, START, 100), (START, FIRST, 200), (FIRST, SECOND, 300))
    assert [one.commit for one in arrivals(made)] == [FIRST]


def test_a_repository_without_a_log(tmp_path: Path) -> None:
    assert arrivals(tmp_path) == ()
