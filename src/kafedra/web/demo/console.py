"""What the demo shows in the terminal."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from django.urls import reverse
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from kafedra.web.blitz.selectors import going_on
from kafedra.web.demo import calendar
from kafedra.web.demo.people import ASSISTANT, INSTRUCTOR, PASSWORD, Person
from kafedra.web.frame.templatetags.kafedra import points
from kafedra.web.gradebook.table import gradebook_of
from kafedra.web.people.models import Invitation, Role
from kafedra.web.reviews.models import Publication
from kafedra.web.reviews.queue import waiting
from kafedra.web.runs.models import Run

# What is happening, how many steps are done, out of how many.
Step = Callable[[str, int, int], None]


@contextmanager
def progress() -> Iterator[Step]:
    """A bar that goes away when its work is done; a few lines where there is no terminal."""
    if not sys.stdout.isatty():
        yield _say_now_and_then
        return
    columns = TextColumn("{task.description:<44}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda text, done, total: bar.update(task, description=text, completed=done, total=total)


def _say_now_and_then(text: str, done: int, total: int) -> None:
    if done % 10 == 0 or done == total or total < 10:
        click.echo(f"{done}/{total}  {text}")


def push(student: Person, terminal: str) -> None:
    """A push in full: the command and what came back."""
    click.echo(f"\n{student.name} hands in:\n")
    click.secho("$ git push", bold=True)
    click.echo(terminal)


def submissions(assignment: str) -> None:
    """Everybody's homework in one table."""
    table = Table(title=f"\n{assignment}", title_justify="left", title_style="bold")
    for name in ("student", "submissions", "best", "penalty", "O_hw"):
        table.add_column(name, justify="left" if name == "student" else "right")
    states: Counter[str] = Counter()
    for person in gradebook_of(Run.objects.get(slug=calendar.SLUG)).rows:
        line = next(line for line in person.lines if line.work.slug == assignment)
        states.update(mark.state for mark in line.history)
        best = line.counted.score if line.counted else None
        table.add_row(
            person.student.display_name,
            str(len(line.history) or "—"),
            points(best.points if best else None),
            f"{best.penalty:.0%}" if best and best.penalty else "",
            points(person.standing.homework),
        )
    console = Console(highlight=False)
    console.print(table)
    console.print(", ".join(f"{count} {state}" for state, count in states.items()))


def reviews() -> None:
    """What reviewers have done, and what is left for them."""
    run = Run.objects.get(slug=calendar.SLUG)
    reasons = Counter(item.reason.value for item in waiting(run))
    published = Publication.objects.filter(review__submission__repository__run=run).count()
    left = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
    click.echo(f"reviews: {published} published; waiting: {left or 'nothing'}")


def where_to_look(base_url: str, student: Person) -> None:
    """The addresses and the people, and the presenter's screen of the blitz that can be started."""
    run = f"{base_url}/{calendar.SLUG}"
    click.secho(f"\nSign in at {base_url}/sign-in/ with the password {PASSWORD}\n", bold=True)
    for person, role, address in (
        (INSTRUCTOR, "instructor", f"{run}/gradebook/"),
        (ASSISTANT, "assistant", f"{run}/reviews/"),
        (student, "student", f"{run}/grades/"),
    ):
        click.echo(f"  {person.login:<14} {role:<11} {person.name:<16} {address}")
    link = Invitation.objects.filter(run__slug=calendar.SLUG, role=Role.STUDENT).earliest("pk")
    address = base_url + reverse("people:invitation", args=[link.token])
    click.echo(f"\nCome as a new student yourself, from the invitation to a push:\n  {address}")
    for blitz in going_on(Run.objects.get(slug=calendar.SLUG)):
        click.echo(f"\nA blitz to play with phones, presented by {INSTRUCTOR.login}:\n  {run}/blitz/{blitz.pk}/")
