"""What a push may do. Each refusal says what is wrong and what to type instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kafedra.notebooks.prose import visible
from kafedra.web.git.contents import MAX_FILES, TreeEntry
from kafedra.web.git.references import MAIN, NOTHING

MAX_BRANCHES = 50
MAX_FILE_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Update:
    """One reference that a push wants to move, as git tells it to its hooks."""

    old: str
    new: str
    ref: str

    @property
    def name(self) -> str:
        """``dev`` for ``refs/heads/dev``, ``v1`` for ``refs/tags/v1``."""
        return self.ref.split("/", 2)[-1]


def refused_reference(updates: Sequence[Update]) -> str | None:
    """Why these references can't be pushed, or None: branches only, and main never disappears."""
    if len({update.ref for update in updates}) < len(updates):
        return _("This push moves one branch twice. Nothing was stored: push each branch once.")
    for update in updates:
        if update.ref.startswith("refs/tags/"):
            return _(
                "Tags are not taken, and this push has one: {name}. Push the branch alone:\n\n    git push origin main"
            ).format(name=update.name)
        if not update.ref.startswith("refs/heads/"):
            return _("Only branches are taken, and this push goes to {name}.").format(name=update.ref)
        if update.new == NOTHING:
            if update.ref != MAIN:
                return _("Branches are not deleted here: what was stored stays.")
            return _("The branch main can't be deleted: your submissions are on it.")
    return None


def too_many_branches() -> str:
    return _("There are {limit} branches here already, and no more are taken. Push to one of them, or to main.").format(
        limit=MAX_BRANCHES
    )


def not_graded(updates: Sequence[Update]) -> str:
    """What is said of branches that are stored and nothing else."""
    names = ", ".join(update.name for update in updates)
    return _(
        "Stored, not graded: only the branch main is graded, and this is {name}. To hand in what is on your branch now:"
        "\n\n    git push origin HEAD:main"
    ).format(name=names)


def no_longer_member() -> str:
    """Whoever was taken out of the run, perhaps while the push was on its way."""
    return _(
        "You don't belong to this run any more: a teacher has taken you out of it. What you handed in before is kept. "
        "If this is a mistake, write to your teacher."
    )


def overtaken() -> str:
    """The push starts from a commit that is no longer the last one: somebody (or another terminal) was first."""
    return _(
        "Another push has come meanwhile, and this one does not have it. Take it in and push again:\n\n"
        "    git pull --rebase\n    git push"
    )


def rewritten() -> str:
    return _(
        "This push would rewrite history: commits already handed in would disappear. "
        "Forced pushes are not taken. Put your work on top of what is here:\n\n"
        "    git fetch\n    git reset --soft origin/main\n"
        '    git commit -m "…"\n    git push'
    )


def unreadable() -> str:
    return _(
        "The list of files in this commit can't be read: it is endless, or its paths are. Nothing was stored. "
        "Take out what you did not mean to hand in and push again."
    )


def refused_contents(entries: Sequence[TreeEntry]) -> str | None:
    """Why a commit with these files can't be taken, or None."""
    if len(entries) > MAX_FILES:
        return _(
            "There are more than {limit} files in this commit, and no more are taken. "
            "Most often a folder like .venv or data got in: put it into .gitignore, take it out and push again:\n\n"
            "    git rm -r --cached FOLDER\n    git commit --amend\n    git push"
        ).format(limit=MAX_FILES)
    large = [entry for entry in entries if entry.size > MAX_FILE_BYTES]
    if large:
        return _(
            "The file {path} has {size} MB, and at most {limit} MB are taken. Take it out and push again:\n\n"
            "    git rm --cached {path}\n    git commit --amend\n    git push"
        ).format(path=visible(large[0].path), size=large[0].size // 2**20, limit=MAX_FILE_BYTES // 2**20)
    return None


def remarks(entries: Sequence[TreeEntry], notebook: str) -> tuple[str, ...]:
    """What is taken but does nothing, said once so that nobody waits for it."""
    found = []
    if any(entry.submodule for entry in entries):
        found.append(_("Submodules are kept but not read."))
    links = [entry.path for entry in entries if entry.symlink]
    if notebook in links:
        found.append(_("{path} is a symbolic link: put the notebook itself there.").format(path=notebook))
    elif links:
        found.append(_("Symbolic links are kept but not followed."))
    return tuple(found)
