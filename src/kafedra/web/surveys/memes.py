"""The memes of a run: the course's own and those that staff added. Which one is next, and who has which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.crypto import salted_hmac

from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.surveys.models import Turnout, UploadedMeme

LANGUAGE = "ru"  # of the course's drawings


@dataclass(frozen=True, slots=True)
class Picture:
    """A meme as pages show it. `topic`: the one it is about, 0 for none; `row` is that of an uploaded one."""

    key: str
    alt: str
    topic: int = 0
    title: str = ""
    path: Path | None = None
    row: UploadedMeme | None = None


def pool(run: Run) -> dict[str, Picture]:
    """Every meme that can be given out now, by its key."""
    own = [Picture(meme.slug, meme.alt, meme.topic, meme.title, meme.path) for meme in course.current().memes]
    rows = UploadedMeme.objects.filter(run=run, out=False).defer("data")
    return {picture.key: picture for picture in (*own, *(Picture(str(row.pk), row.alt, row=row) for row in rows))}


def next_for(user: User, topic: int, pictures: Iterable[Picture], seen: Iterable[str]) -> str:
    """The key of the next meme: unseen if there is any, about this topic if one is. It knows nothing of answers."""
    known = set(seen)
    found = min(pictures, key=lambda one: (one.key in known, one.topic != topic, _draw(user, one.key)), default=None)
    return found.key if found else ""


def _draw(user: User, key: str) -> str:
    """A lot, which falls the same way every time: nothing of it needs to be stored."""
    return salted_hmac("kafedra.surveys.meme", f"{user.pk}:{key}").hexdigest()


def earned(run: Run, user: User) -> dict[int, str]:
    """The keys of the memes that somebody has, by the topic they answered about."""
    found = Turnout.objects.filter(run=run).values_list("topic", "memes")
    return {topic: memes[str(user.pk)] for topic, memes in found if str(user.pk) in memes}


def shelf(run: Run, user: User) -> Mapping[int, Picture | None]:
    """The memes that somebody has, by topic; None for one that was taken out since."""
    pictures = pool(run)
    return {topic: pictures.get(key) for topic, key in sorted(earned(run, user).items())}
