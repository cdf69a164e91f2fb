"""Packs that would not be small unpacked, references named twice, repositories that are full: refused before git."""

from __future__ import annotations

import asyncio
import io
import tempfile
import zlib
from pathlib import Path

import pytest
from benchmarks.siege import packs
from django.test import override_settings
from tests.web.pushes import hand_made
from tests.web.reviews import works

from kafedra.web.git.command import git
from kafedra.web.git.packs import PackTooLarge, survey
from kafedra.web.git.references import MAIN
from kafedra.web.people.models import User
from kafedra.web.pushes import rules
from kafedra.web.pushes.hooks import install
from kafedra.web.pushes.http import GitOverHTTP
from kafedra.web.pushes.pushes import PushesInProgress
from kafedra.web.runs.models import Run
from kafedra.web.submissions import quota
from kafedra.web.submissions.models import Repository
from kafedra.web.submissions.storage import repository_path

NOTHING_IN_IT = zlib.compress(b"")


@pytest.fixture
def repository(transactional_db: None, run: Run, student: User) -> Repository:
    return works.work(student, run)


def answer(repository: Repository, pack: bytes, folder: Path) -> str:
    """What a push of this pack to main is told."""
    start = git(["rev-parse", "main"], repository=repository_path(repository)).decode().strip()
    body = hand_made.push_body(hand_made.an_update(start, "1" * 40), pack)
    door = GitOverHTTP(PushesInProgress(), install(folder))
    header = hand_made.authorization(repository.student)
    return asyncio.run(hand_made.post(door, repository, header, hand_made.at_once(body))).decode(errors="replace")


def test_a_few_kilobytes_of_deltas_that_unpack_to_a_gigabyte(repository: Repository, tmp_path: Path) -> None:
    bomb = packs.delta_bomb()
    assert len(bomb) < 10_000
    said = answer(repository, bomb, tmp_path)
    assert "Эта отправка мала" in said
    assert f"ng {MAIN} refused" in said
    assert not list(repository_path(repository).glob("objects/tmp_objdir*"))


@pytest.mark.parametrize(
    "pack",
    [
        packs.pack(packs.object_head(3, 300 * 2**20) + NOTHING_IN_IT),
        packs.pack(packs.object_head(2, 30 * 2**20) + NOTHING_IN_IT),
        packs.pack(packs.blob(b"0" * 60_000), packs.delta_on(b"0" * 60_000, packs.copies(60_000, 800))),
        b"PACK" + (2).to_bytes(4) + (2**31).to_bytes(4),
    ],
    ids=["one large file", "one large tree", "one large delta", "many objects"],
)
def test_what_says_that_it_is_large_is_refused_unread(pack: bytes) -> None:
    with file_of(pack) as file, pytest.raises(PackTooLarge):
        survey(file, 0)


def test_a_damaged_pack_is_called_damaged(repository: Repository, tmp_path: Path) -> None:
    assert "повреждена" in answer(repository, packs.pack(packs.blob(b"x" * 500))[:-30], tmp_path)


def test_a_pack_of_gits_own_is_counted_to_the_byte(repository: Repository) -> None:
    path = repository_path(repository)
    start = git(["rev-parse", "main"], repository=path).decode().strip()
    text = "".join(f"{number} {number**3}\n" for number in range(20_000))
    names = [git(["hash-object", "-w", "--stdin"], repository=path, stdin=f"{text}{one}".encode()) for one in "ab"]
    tree = "".join(f"100644 blob {name.decode().strip()}\t{one}\n" for name, one in zip(names, "ab", strict=True))
    listed = git(["mktree"], repository=path, stdin=tree.encode()).decode().strip()
    made = hand_made.pack_of(path, start, hand_made.commit_on(path, start, listed))
    with file_of(made) as file:
        found = survey(file, 0)
    assert found.objects == 4
    assert 2 * len(text) < found.unpacked < 2 * len(text) + 2_000, "one of the two files is a delta of the other"


def file_of(data: bytes) -> io.BufferedRandom:
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the caller's block
    file.write(data)
    file.flush()
    return file


def test_one_branch_moved_twice_by_one_push() -> None:
    updates = [rules.Update("0" * 40, digit * 40, MAIN) for digit in "12"]
    assert "moves one branch twice" in str(rules.refused_reference(updates))


def test_a_full_repository_and_a_full_course(repository: Repository, tmp_path: Path) -> None:
    pack = packs.pack(packs.blob(b"x"))
    with override_settings(REPOSITORY_BYTES=1000):
        said = answer(repository, pack, tmp_path)
    assert "Репозиторий полон" in said
    assert f"ng {MAIN} refused" in said
    with override_settings(REPOSITORIES_BYTES=1000):
        assert "На сервере не осталось места" in answer(repository, pack, tmp_path)


def test_what_is_refused_takes_no_room_from_the_others(repository: Repository, tmp_path: Path) -> None:
    damaged = b"PACK\0\0\0\2\0\0\0\1" + b"\xff" * 60_000
    with override_settings(REPOSITORIES_BYTES=quota.of_course().taken + 100_000):
        said = [answer(repository, damaged, tmp_path) for _ in range(3)]
    assert all("повреждена" in one for one in said), said
