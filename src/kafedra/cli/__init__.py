"""The command line. Each command lives in a module of its own, loaded when it is called.

So a student's ``kafedra check`` never pays for Django, and a laptop without the server's packages can still use
what it has.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
from typing import Final

import click

from kafedra import __version__
from kafedra.walls.facts import look_around
from kafedra.walls.places import elsewhere

# command -> (what it does in a line, the extra whose packages it needs)
_COMMANDS: Final[dict[str, tuple[str, str | None]]] = {
    "check": ("Run the public tests against your notebook, in your clone of an assignment.", None),
    "grade": ("Grade a notebook, a file or a folder as the server would, in the sandbox.", None),
    "assignment": ("Build an assignment's student version; prove that its tests catch mistakes.", "server"),
    "topic": ("Begin a topic; execute its seminar; prove that it does what it promises.", "server,course"),
    "exam": ("Draw a written exam from the bank; print its sheets, the key, the seating list; sort scans.", "server"),
    "course": ("Begin a course; check every file of it.", "server"),
    "serve": ("Run the server: pages, git, grading.", "server"),
    "demo": ("See it all: a run with twenty students, and the server.", "server"),
    "doctor": ("What works on this machine, what is missing, how to mend it.", "server"),
    "regrade": ("Grade again after an assignment changed; see whom it moves first.", "server"),
    "invite": ("Make an invitation link; the first instructor gets in with one.", "server"),
}

# What a command loads stays. The collector, which would look through it again and again, takes an eighth of that time.
gc.set_threshold(100_000, 20, 100)

_NOT_ON_WINDOWS: Final = ("fcntl", "grp", "pwd", "resource")  # modules of Python's own


def _offered() -> dict[str, tuple[str, str | None]]:
    """What this installation can do: the wheel that students install has no server in it."""
    whole = importlib.util.find_spec("kafedra.web") is not None
    return {name: about for name, about in _COMMANDS.items() if whole or about[1] is None}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_offered())

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (help_text, _) in _offered().items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in _COMMANDS:
            return None
        _, extra = _COMMANDS[cmd_name]
        if cmd_name not in _offered():
            raise click.ClickException(
                f"'kafedra {cmd_name}' is for those who teach, and this is what students install. A server is "
                "installed from the repository of kafedra, as docs/use/operator.md there says"
            )
        try:
            command = getattr(importlib.import_module(f"kafedra.cli.{cmd_name}"), cmd_name)
        except ModuleNotFoundError as error:
            if error.name in _NOT_ON_WINDOWS and (place := elsewhere(look_around())):
                raise click.ClickException(f"{place.cause}: {place.remedy}") from None
            if extra is None or (error.name or "").startswith("kafedra"):
                raise
            from kafedra.notebooks.installing import with_part

            raise click.ClickException(
                f"'kafedra {cmd_name}' needs packages that are not here ({error.name} is missing): {with_part(extra)}"
            ) from None
        return command if isinstance(command, click.Command) else None


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kafedra")
def main() -> None:
    """A whole university course from one repository."""
