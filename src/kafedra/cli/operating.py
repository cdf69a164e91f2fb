"""What the operator's commands share: errors told without a traceback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from kafedra.course import CourseError
from kafedra.web.config.environment import PREFIX, SQLITE
from kafedra.web.serving.preparation import DataInUse
from kafedra.web.serving.server import PortBusy


def new_data(data: Path | None) -> Path | None:
    """The data folder, if no server and no command has ever worked in it."""
    if os.environ.get(f"{PREFIX}DATABASE_URL"):
        return None
    folder = (data or Path(os.environ.get(f"{PREFIX}DATA", "var"))).expanduser()
    return None if (folder / SQLITE).exists() else folder


def require_data(data: Path | None) -> None:
    """What a command would change must be there. Raises ClickException before anything is made."""
    if folder := new_data(data):
        raise click.ClickException(f"there is no server's data in {folder}: name the server's own folder with --data")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what an operator can mend into a sentence and exit code 1."""
    try:
        yield
    except PortBusy as error:
        raise click.ClickException(f"{error}: choose another with --port, or stop the other program.") from None
    except DataInUse as error:
        raise click.ClickException(f"{error}. Stop it first, or choose another folder with --data.") from None
    except CourseError as error:
        raise click.ClickException(f"the course has mistakes:\n{error}") from None
    except ImproperlyConfigured as error:
        raise click.ClickException(f"a setting is wrong:\n{error}") from None
    except PermissionError as error:
        account = f"the user with the number {os.geteuid()}"
        raise click.ClickException(f"{account} can't open {error.filename}: chown it, or start as its owner.") from None
    except OperationalError as error:
        raise click.ClickException(f"the database does not answer: {error}") from None
    except KeyboardInterrupt:
        click.echo("", err=True)
