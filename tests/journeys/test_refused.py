"""Pushes and doors that are refused: each says clearly why, and nothing else is harmed."""

from __future__ import annotations

import os
import re
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.journeys.conftest import NewStudent
from tests.journeys.server import OPEN_RUN, Server
from tests.journeys.student import Clone, Student

SMALL = True


def main_of(student: Student, clone: Clone) -> str:
    """Where main is on the server."""
    return clone.git("ls-remote", student.address(), "refs/heads/main").text.split()[0]


def test_a_wrong_token(new_student: NewStudent) -> None:
    student, clone = new_student()
    said = clone.git("ls-remote", student.address(token="kaf_wrong-wrong-wrong-wrong"))
    assert said.code != 0
    assert "Логин и токен не подходят друг к другу" in said.words
    assert f"{student.server.base_url}/account/" in said.text


def test_somebody_elses_token(new_student: NewStudent) -> None:
    student, clone = new_student()
    other, _clone = new_student()
    said = clone.git("ls-remote", student.address(token=other.token))
    assert "не подходят друг к другу" in said.words


def test_no_token_at_all(new_student: NewStudent) -> None:
    student, clone = new_student()
    said = clone.git("ls-remote", student.address().replace(f"{student.login}:{student.token}@", ""))
    assert "could not read Username" in said.text


def test_a_withdrawn_token(new_student: NewStudent) -> None:
    student, clone = new_student()
    for number in set(re.findall(r"/account/tokens/(\d+)/revoke/", student.browser.get("/account/"))):
        student.browser.submit(f"/account/tokens/{number}/revoke/", "/account/")
    assert "не подходят друг к другу" in clone.git("ls-remote", student.address()).words


def test_anothers_repository_looks_like_none(new_student: NewStudent) -> None:
    student, clone = new_student()
    other, _clone = new_student()
    refused = clone.git("ls-remote", student.address(owner=other.login))
    missing = clone.git("ls-remote", student.address(owner="nobody-at-all"))
    assert refused.code == missing.code != 0
    assert "Здесь у вас нет репозитория" in refused.words
    assert refused.text.replace(other.login, "") == missing.text.replace("nobody-at-all", "")
    clone.solve()
    pushed = clone.push(student.address(owner=other.login), "main")
    assert pushed.code != 0
    assert "Здесь у вас нет репозитория" in pushed.words


def test_somebody_taken_out_of_the_run(server: Server, new_student: NewStudent) -> None:
    student, clone = new_student()
    teacher = Student(server, f"teacher-of-{student.login}", OPEN_RUN, role="instructor").browser
    people = teacher.get(f"/{OPEN_RUN}/people/")
    row = re.search(rf"/members/(\d+)/[^/]*</a>\s*</th>\s*<td[^>]*>{student.login}</td>", people)
    assert row
    member = f"/{OPEN_RUN}/people/members/{row[1]}/"
    clone.solve()
    teacher.submit(f"{member}remove/", member, why="отчислена", confirm="yes")
    for said in (clone.push(), clone.git("ls-remote", student.address())):
        assert said.code != 0
        assert "Вы больше не участвуете в этом прогоне" in said.words
    student.browser.submit(server.invite().removeprefix(server.base_url))
    assert clone.push().code == 0


@pytest.mark.parametrize("role", ["assistant", "instructor"])
def test_staff_reads_but_does_not_push(server: Server, new_student: NewStudent, role: str) -> None:
    student, clone = new_student()
    member = Student(server, f"{role}-of-{student.login}", OPEN_RUN, role=role)
    address = member.address(owner=student.login)
    assert clone.git("ls-remote", address).code == 0
    clone.solve()
    said = clone.push(address, "main")
    assert said.code != 0
    assert "только сам студент" in said.words


def test_a_forced_push(new_student: NewStudent) -> None:
    student, clone = new_student()
    clone.solve()
    assert clone.push().code == 0
    before = main_of(student, clone)
    clone.git("reset", "--hard", "--quiet", "HEAD~1")
    clone.commit()
    said = clone.push("--force")
    assert said.code != 0
    assert "переписывает историю" in said.words
    assert "git reset --soft origin/main" in said.words
    assert main_of(student, clone) == before


def test_another_branch_is_kept_and_not_graded(new_student: NewStudent) -> None:
    student, clone = new_student()
    before = main_of(student, clone)
    clone.solve()
    said = clone.push("origin", "HEAD:solution")
    assert said.code == 0
    assert "Сохранено, но не проверяется: проверяется только ветка main, а это solution" in said.words
    assert "solution" in clone.git("ls-remote", "--heads", "origin").text
    assert "git push origin HEAD:main" in said.words
    assert main_of(student, clone) == before
    graded = clone.push("origin", "HEAD:main")
    assert graded.code == 0, "what the answer told to type works"
    assert "1 из 1" in graded.words
    both = clone.push("origin", "HEAD:main", "HEAD:notes")
    assert "не проверяется" in both.words


def test_a_rewritten_branch_and_a_deleted_one(new_student: NewStudent) -> None:
    _student, clone = new_student()
    clone.commit()
    assert clone.push("origin", "HEAD:draft").code == 0
    clone.git("commit", "--quiet", "--amend", "--allow-empty", "--message", "other")
    said = clone.push("--force", "origin", "HEAD:draft")
    assert said.code != 0
    assert "переписывает историю" in said.words
    gone = clone.push("origin", ":draft")
    assert gone.code != 0
    assert "draft" in clone.git("ls-remote", "--heads", "origin").text


def test_a_reference_that_is_no_branch(new_student: NewStudent) -> None:
    _student, clone = new_student()
    for name in ("refs/namespaces/course/refs/heads/main", "refs/notes/x"):
        assert clone.push("origin", f"HEAD:{name}").code != 0


def test_a_tag(new_student: NewStudent) -> None:
    _student, clone = new_student()
    clone.git("tag", "final")
    said = clone.push("origin", "final")
    assert said.code != 0
    assert "Теги не принимаются" in said.words


def test_deleting_main(new_student: NewStudent) -> None:
    student, clone = new_student()
    before = main_of(student, clone)
    said = clone.push("origin", ":main")
    assert said.code != 0
    assert "Ветку main нельзя удалить" in said.words
    assert main_of(student, clone) == before


def test_a_push_of_60_megabytes(new_student: NewStudent) -> None:
    student, clone = new_student()
    before = main_of(student, clone)
    (clone.folder / "data.bin").write_bytes(os.urandom(60 * 2**20))
    clone.solve()
    said = clone.push()
    assert said.code != 0
    assert "В этой отправке 60 МБ, а принимается не больше 50 МБ" in said.words
    assert "git reset origin/main" in said.words
    assert main_of(student, clone) == before
    (clone.folder / "data.bin").unlink()
    clone.git("reset", "--quiet", "origin/main")
    clone.commit()
    assert clone.push().code == 0, "what the answer told to do works"


def test_a_large_file_in_a_push_of_allowed_size(new_student: NewStudent) -> None:
    _student, clone = new_student()
    (clone.folder / "weights.pt").write_bytes(os.urandom(21 * 2**20))
    clone.commit()
    said = clone.push()
    assert said.code != 0
    assert "В файле weights.pt 21 МБ, а принимается не больше 20 МБ" in said.words


def test_a_folder_of_a_thousand_files(new_student: NewStudent) -> None:
    _student, clone = new_student()
    folder = clone.folder / "lib"
    folder.mkdir()
    for number in range(1001):
        (folder / f"{number}.txt").write_text(str(number))
    clone.commit()
    said = clone.push()
    assert said.code != 0
    assert "принимается не больше 1000" in said.words


@pytest.mark.parametrize(
    ("file", "says"), [("100644 blob {blob}\ta\n", "принимается не больше 1000"), ("", "не прочитать")]
)
def test_a_few_small_trees_that_unfold_into_millions_of_folders(new_student: NewStudent, file: str, says: str) -> None:
    _student, clone = new_student()

    def tree(listing: str) -> str:
        made = subprocess.run(["git", "mktree"], cwd=clone.folder, input=listing, text=True, capture_output=True)
        return made.stdout.strip()

    nested = tree(file.format(blob=clone.git("rev-parse", "HEAD:README.md").text.strip()))
    for _ in range(9):
        nested = tree("".join(f"040000 tree {nested}\t{number:x}\n" for number in range(16)))
    bomb = clone.git("commit-tree", nested, "-p", "HEAD", "-m", "bomb").text.strip()
    said = clone.push("origin", f"{bomb}:main")
    assert said.code != 0
    assert says in said.words
    clone.solve()
    assert clone.push().code == 0


def test_a_push_that_another_terminal_overtook(new_student: NewStudent, tmp_path: Path) -> None:
    student, clone = new_student()
    second = student.clone(tmp_path / "second-terminal")
    clone.solve()
    assert clone.push().code == 0
    (second.folder / "notes.txt").write_text("заметки")
    second.commit()
    assert second.push().code != 0
    assert second.git("pull", "--rebase", "--quiet").code == 0
    assert second.push().code == 0


@pytest.mark.parametrize(
    "path",
    [
        "HEAD",
        "config",
        "objects/info/packs",
        "info/refs",
        "info/refs?service=git-upload-archive",
        "info/refs?service=git-receive-pack&service=git-upload-pack",
        "../../../kafedra.sqlite3",
        "%2e%2e/%2e%2e/kafedra.sqlite3",
    ],
)
def test_nothing_but_smart_http(new_student: NewStudent, path: str) -> None:
    student, _clone = new_student()
    address = f"{student.server.base_url}/git/{OPEN_RUN}/activations/{student.login}.git/{path}"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address)
    with refused.value as answer:
        assert answer.code == 404
