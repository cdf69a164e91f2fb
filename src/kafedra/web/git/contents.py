"""What a commit holds: its files, and which of the protected ones differ from the template."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kafedra.notebooks.prose import visible
from kafedra.web.git.command import GitFailed, git, git_records

MAX_FILES = 1_000  # of a commit; a listing ends with the one that is too many
_MAX_FOLDERS = 2_000  # on the way to them: what is listed is bounded even where there are only folders
_REGULAR = ("100644", "100755")
_MAX_LISTING_BYTES = 4 * 1024 * 1024
_MAX_SUBJECTS = 300
_SUBJECT_COLUMNS = 72


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One path of a commit. `size` is in bytes (0 for a submodule)."""

    path: str
    mode: str
    blob: str
    size: int

    @property
    def regular(self) -> bool:
        return self.mode in _REGULAR

    @property
    def symlink(self) -> bool:
        return self.mode == "120000"

    @property
    def submodule(self) -> bool:
        return self.mode == "160000"


def entries(repository: Path, commit: str, variables: Mapping[str, str] | None = None) -> tuple[TreeEntry, ...]:
    """Everything in the commit's tree, folders flattened, but never more than MAX_FILES + 1: a few small trees, each
    in the next one many times over, make millions of paths.

    `commit` is its full name, never a branch's: what is found is remembered by it, whatever the repository.
    `variables` let a pre-receive hook look at objects that git still keeps in quarantine. Raises GitFailed for a tree
    that can't be listed within reason.
    """
    return _entries(_Question(commit, repository, variables))


@dataclass(frozen=True, slots=True)
class _Question:
    """Told apart by the commit alone: it holds the same files wherever it is, and never changes."""

    commit: str
    repository: Path = field(compare=False)
    variables: Mapping[str, str] | None = field(compare=False)


# One push asks four times, and every student starts from the same template.
@lru_cache(maxsize=200)
def _entries(asked: _Question) -> tuple[TreeEntry, ...]:
    command = ["ls-tree", "-r", "-t", "-l", "-z", "--full-tree", asked.commit]
    most = MAX_FILES + _MAX_FOLDERS + 1
    lines = git_records(
        command,
        repository=asked.repository,
        variables=asked.variables,
        most=most,
        most_bytes=_MAX_LISTING_BYTES,
    )
    found = tuple(_entry(line) for line in lines if line.split(" ", 2)[1] != "tree")
    if len(lines) == most and len(found) <= MAX_FILES:
        raise GitFailed(f"{asked.commit}: more than {_MAX_FOLDERS} folders")
    return found[: MAX_FILES + 1]


def _entry(line: str) -> TreeEntry:
    facts, path = line.split("\t", 1)
    mode, _kind, blob, size = facts.split()
    return TreeEntry(path, mode, blob, 0 if size == "-" else int(size))


def protected_changes(
    repository: Path, template: str, commit: str, own: Collection[str], published: Mapping[str, Collection[str]]
) -> tuple[str, ...]:
    """Paths that the template put there and that the commit changed or deleted, apart from the student's `own`.

    Contents that the course itself gave out at some time, by path in `published`, are no change.
    """
    now = {entry.path: (entry.mode, entry.blob) for entry in entries(repository, commit)}
    return tuple(
        entry.path
        for entry in entries(repository, template)
        if entry.path not in own and not _given(now.get(entry.path), entry, published.get(entry.path, ()))
    )


def _given(found: tuple[str, str] | None, entry: TreeEntry, published: Collection[str]) -> bool:
    return found is not None and found[0] == entry.mode and (found[1] == entry.blob or found[1] in published)


@dataclass(frozen=True)
class Beside:
    """What a commit has of the student's own beside the notebook that is to be graded: one may be the newer work.

    ``there``: the notebook is in its place; ``untouched``: as it was given out.
    """

    there: bool
    untouched: bool
    notebooks: tuple[str, ...]
    modules: tuple[str, ...]


def beside(repository: Path, template: str, commit: str, notebook: str, handed_in: Collection[str] = ()) -> Beside:
    """In folders, too, without what is `handed_in` as well.

    But what Jupyter keeps in folders that begin with a dot is nobody's work, nor are tests.
    """
    given = {entry.path: entry.blob for entry in entries(repository, template)}
    found = {entry.path: entry.blob for entry in entries(repository, commit) if entry.regular}
    new = (path for path in found if path != notebook and path not in given and path not in handed_in)
    own = [path for path in new if not any(part.startswith(".") for part in path.split("/"))]
    return Beside(
        there=notebook in found,
        untouched=notebook in found and found[notebook] == given.get(notebook),
        notebooks=tuple(visible(path) for path in own if path.lower().endswith(".ipynb")),
        modules=tuple(visible(path) for path in own if path.endswith(".py") and not path.startswith("tests/")),
    )


def subjects(repository: Path, commits: Sequence[str]) -> dict[str, str]:
    """The first line of each commit's message, cut; without those that can't be read."""
    return dict(_subjects(repository, tuple(commits[:_MAX_SUBJECTS])))


@lru_cache(maxsize=200)
def _subjects(repository: Path, commits: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    if not commits:
        return ()
    shape = f"--format=%H %<({_SUBJECT_COLUMNS},trunc)%s"
    command = ["log", "--no-walk=unsorted", "--ignore-missing", "-z", shape, *commits, "--"]
    lines = git_records(command, repository=repository, most=len(commits), most_bytes=_MAX_LISTING_BYTES)
    return tuple((line[:40], visible(line[41:].strip())) for line in lines)


def read_files(repository: Path, wanted: Iterable[TreeEntry]) -> dict[str, bytes]:
    """Contents of the regular files among `wanted`, by path. One git process for all of them."""
    chosen = [entry for entry in wanted if entry.regular]
    if not chosen:
        return {}
    request = "".join(f"{entry.blob}\n" for entry in chosen).encode()
    answer = git(["cat-file", "--batch"], repository=repository, stdin=request)
    files, position = {}, 0
    for entry in chosen:
        start = answer.index(b"\n", position) + 1
        files[entry.path] = answer[start : start + entry.size]
        position = start + entry.size + 1
    return files


def top_names(repository: Path, commit: str) -> list[str]:
    """The notebooks and modules of the top folder."""
    return [entry.path for entry in _gradable(repository, commit)]


def _gradable(repository: Path, commit: str) -> list[TreeEntry]:
    return [
        entry
        for entry in entries(repository, commit)
        if entry.regular and "/" not in entry.path and entry.path.lower().endswith((".ipynb", ".py"))
    ]


def submitted_files(repository: Path, commit: str, handed_in: Sequence[str], max_bytes: int) -> dict[str, bytes]:
    """What the grader may read: the files handed in, the notebook first of them.

    Without the notebook, the notebooks and modules of the top folder come in its place. Files beyond `max_bytes` in all
    are left out.
    """
    there = {entry.path: entry for entry in entries(repository, commit) if entry.regular}
    main = [there[handed_in[0]]] if handed_in[0] in there else _gradable(repository, commit)
    others = [there[name] for name in handed_in[1:] if name in there]
    chosen, total = [], 0
    for entry in dict.fromkeys((*main, *others)):
        total += entry.size
        if total <= max_bytes:
            chosen.append(entry)
    return read_files(repository, chosen)
