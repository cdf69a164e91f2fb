"""`survey.toml`: what is asked after each topic; the course's own, and what a topic adds to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import Field

from kafedra.course.fields import FEWEST_ANSWERS, Amount, FileModel, Many, ScalePoints, Slug
from kafedra.course.text import Localized


class Scale(FileModel):
    """`[[scales]]`: a question answered by a place between two ends, 1 to `points`."""

    slug: Slug = Field(description="its name; over the topics it makes a trend")
    text: Localized = Field(description="what is asked")
    low: Localized = Field(description="what 1 means")
    high: Localized = Field(description="what the highest means")
    points: ScalePoints = 5


class OpenQuestion(FileModel):
    """`[[open]]`: a question answered in words."""

    slug: Slug = Field(description="its name")
    text: Localized = Field(description="what is asked")
    hint: Localized | None = None


class SurveyFile(FileModel):
    """The keys of `survey.toml`. `fewest_answers`: with fewer nothing is shown to anybody (the course's own file)."""

    fewest_answers: Amount = FEWEST_ANSWERS
    scales: Many[Scale] = ()
    open: Many[OpenQuestion] = ()


@dataclass(frozen=True)
class Survey:
    """What is asked after one topic: the course's questions, then the topic's own."""

    fewest_answers: int
    scales: tuple[Scale, ...]
    open: tuple[OpenQuestion, ...]

    @classmethod
    def of(cls, course: SurveyFile | None, topic: SurveyFile | None) -> Survey:
        """Both files put together; either may be missing."""
        both = [file for file in (course, topic) if file is not None]
        return cls(
            fewest_answers=max([FEWEST_ANSWERS, *(file.fewest_answers for file in both)]),
            scales=tuple(scale for file in both for scale in file.scales),
            open=tuple(question for file in both for question in file.open),
        )

    def among(self, fewest: int | None) -> Survey:
        """The same in a run that asks for `fewest` answers; it can only ask for more."""
        return replace(self, fewest_answers=max(self.fewest_answers, fewest or 0))
