"""The memes of a run: the course's own and those that staff added. Which one is next, and who has which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from kafedra.course import Meme
from kafedra.course.text import Language
from kafedra.notebooks.prose import visible
from kafedra.web.frame.language import spoken
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.surveys.models import Turnout, UploadedMeme


@dataclass(frozen=True, slots=True)
class Picture:
    """A meme as pages show it: the course's `drawing`, or an uploaded `row`. `topic`: what it is about, 0 for none.

    `alt` is what it shows and says, in `language`, which of an uploaded one nobody knows.
    """

    key: str
    alt: str
    topic: int = 0
    language: Language | None = None
    drawing: Meme | None = None
    row: UploadedMeme | None = None

    @classmethod
    def of(cls, meme: Meme, language: Language) -> Picture:
        """A drawing of the course, for who reads `language`."""
        best = meme.spoken_to(language)
        return cls(meme.slug, meme.alt.in_(best), meme.topic, best, drawing=meme)

    def drawn_in(self, language: str | None) -> bytes:
        """The drawing with its words in `language`, or in the one that it was shown in, if it doesn't speak that."""
        assert self.drawing is not None, "a meme that nobody uploaded is a drawing of the course"
        one = next((known for known in self.drawing.languages if known == language), self.language)
        return self.drawing.drawn_in(one or self.drawing.languages[0])


def pool(run: Run) -> dict[str, Picture]:
    """Every meme that can be given out now, by its key."""
    own = [Picture.of(meme, spoken()) for meme in course.current().memes]
    rows = UploadedMeme.objects.filter(run=run, out=False).defer("data")
    return {
        picture.key: picture for picture in (*own, *(Picture(str(row.pk), visible(row.alt), row=row) for row in rows))
    }


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
