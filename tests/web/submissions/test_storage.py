"""Student repositories on disk."""

from __future__ import annotations

import threading

from tests.web import factories

from kafedra.web.git.contents import entries, protected_changes, submitted_files
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.submissions import editions
from kafedra.web.submissions.models import Edition
from kafedra.web.submissions.services.handing_in import accept_assignment
from kafedra.web.submissions.storage import create_repository, repository_path


def test_everybody_starts_from_the_same_commit(run: Run, student: User, other_student: User) -> None:
    starts = {
        accept_assignment(student=person, run=run, assignment="activations").template_digest
        for person in (student, other_student)
    }
    assert len(starts) == 1


def test_accepting_twice_changes_nothing(run: Run, student: User) -> None:
    first = accept_assignment(student=student, run=run, assignment="activations")
    mark = repository_path(first) / "refs" / "mark"
    mark.touch()
    assert accept_assignment(student=student, run=run, assignment="activations") == first
    assert mark.exists()


def test_accepting_at_once_makes_one_repository(run: Run, student: User) -> None:
    repository = factories.repository(student, run)
    assignment = course.current().assignments["activations"]
    commits: list[str] = []
    threads = [
        threading.Thread(target=lambda: commits.append(create_repository(repository, assignment))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(commits) == 4
    assert len(set(commits)) == 1
    folder = repository_path(repository).parent
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_a_clone_holds_nothing_that_is_secret(run: Run, student: User) -> None:
    repository = accept_assignment(student=student, run=run, assignment="activations")
    paths = {entry.path for entry in entries(repository_path(repository), repository.template_digest)}
    assert {"activations.ipynb", "README.md", "probes.py", "assignment.toml", ".gitignore"} <= paths
    assert not [path for path in paths if path.startswith(("solutions", "mutants")) or path == "notebook.py"]


def test_the_start_changes_no_protected_file(run: Run, student: User) -> None:
    repository = accept_assignment(student=student, run=run, assignment="activations")
    start, path = repository.template_digest, repository_path(repository)
    assert protected_changes(path, start, start, {"activations.ipynb"}, {}) == ()


def test_the_grader_reads_what_is_handed_in_and_nothing_else(run: Run, student: User) -> None:
    repository = accept_assignment(student=student, run=run, assignment="activations")
    start, path = repository.template_digest, repository_path(repository)
    assert set(submitted_files(path, start, ["activations.ipynb"], 10**7)) == {"activations.ipynb"}
    more = ["activations.ipynb", "assignment.toml", "not/there.py"]
    assert set(submitted_files(path, start, more, 10**7)) == {"activations.ipynb", "assignment.toml"}
    assert set(submitted_files(path, start, ["renamed.ipynb"], 10**7)) == {"activations.ipynb", "probes.py"}
    assert submitted_files(path, start, ["activations.ipynb"], 10) == {}


def test_each_assignment_that_is_accepted_gives_out_its_own_files(run: Run, student: User) -> None:
    for name in ("activations", "weight-init"):
        accept_assignment(student=student, run=run, assignment=name)
        (edition,) = Edition.objects.filter(run=run, assignment=name)
        assert f"{name}.ipynb" in editions.contents(edition)
        assert edition.files.keys() == editions.contents(edition).keys()
