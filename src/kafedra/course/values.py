"""A course and its runs as the rest of kafedra sees them: immutable, checked, with every date resolved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from kafedra.course.assignment import Assignment
from kafedra.course.exam_rule import ExamRule
from kafedra.course.fields import FileModel, Slug, TopicNumber
from kafedra.course.memes import Meme
from kafedra.course.text import Language, Localized
from kafedra.course.tickets import TicketsFile
from kafedra.course.topics.exam import ExamFile
from kafedra.course.topics.folder import TopicMaterials
from kafedra.course.topics.reading import ReadingEntry
from kafedra.course.topics.survey import Survey, SurveyFile
from kafedra.policy import AssignmentTerms, Formula, IntegrityRule, LatePolicy, scale_of

USUAL_RULE = IntegrityRule()
NO_PENALTY = LatePolicy(Decimal(0), Decimal(0))
HOMEWORK_ALONE = Formula("O_hw")


class Topic(FileModel):
    """An entry of the course's plan: lecture, seminar, blitz and reading."""

    number: TopicNumber
    slug: Slug
    title: Localized


@dataclass(frozen=True, slots=True)
class ClassLinks:
    """Where a class meets, is recorded and is talked about: addresses, or None."""

    call: str | None = None
    recording: str | None = None
    chat: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedTopic:
    """A class of a run: which topic or topics, and on what day (None: not announced).

    `materials` is when chapter, seminar and blitz are opened to students, `solved` when the solved notebook is. None:
    from the beginning, or never if `hidden` has the name.
    """

    topic_number: int
    date: date | None
    also: tuple[int, ...] = ()
    links: ClassLinks = ClassLinks()
    materials: datetime | None = None
    solved: datetime | None = None
    hidden: frozenset[str] = frozenset()

    @property
    def topics(self) -> tuple[int, ...]:
        """The numbers of all its topics."""
        return (self.topic_number, *self.also)


@dataclass(frozen=True, slots=True)
class RunSite:
    """Who may read the run's site, and the addresses that open a notebook elsewhere, with {path} in them."""

    public: bool = False
    colab: str | None = None
    jupyterhub: str | None = None


@dataclass(frozen=True, slots=True)
class SurveyTimes:
    """When a run asks what its students think of a topic; times of the day in the course's time zone.

    A form opens at `opens` on the day of the topic's last class. It closes at `closes` on the day before the next one,
    and at the latest `days_open` days later; who hasn't answered is reminded at `reminds` on the day after the class.
    `fewest_answers`: with fewer nothing is shown to anybody; None: as the course says.
    """

    opens: time = time(12)
    closes: time = time(18)
    reminds: time = time(18)
    days_open: int = 5
    fewest_answers: int | None = None


@dataclass(frozen=True, slots=True)
class AssignedWork:
    """An assignment as a run gives it out; a bonus adds to O_hw but not to the counted maximum.

    `judge_points` is what its tests add up to (None: as many as `points`); the run counts them as `points`, which may
    be none: then the assignment is for practice.
    """

    slug: str
    title: Localized
    points: Decimal
    bonus: bool = False
    judge_points: Decimal | None = None

    @property
    def judged_of(self) -> Decimal:
        """What its tests add up to."""
        return self.points if self.judge_points is None else self.judge_points

    @property
    def scale(self) -> Decimal:
        """How many points of the run one of the judge's is."""
        return scale_of(self.points, self.judge_points)


@dataclass(frozen=True, slots=True)
class Homework:
    """A row of the run's homework table. Moments are aware, in the course's time zone.

    `deadline` None: never late. `solutions` is when students may open the solutions; None: never.
    """

    number: int
    title: Localized
    issued: date | None
    deadline: datetime | None
    assignments: tuple[AssignedWork, ...]
    solutions: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One teaching of the course. Dates that its file doesn't give are None.

    `late`, `formula` and `integrity` are its own or the course's; `mark_titles` says what people call the marks of the
    formula.
    """

    slug: str
    title: Localized
    starts: date | None
    ends: date | None
    plan: tuple[PlannedTopic, ...]
    homework: tuple[Homework, ...]
    site: RunSite = RunSite()
    blitz_percent: Decimal | None = None
    survey: SurveyTimes = SurveyTimes()
    late: LatePolicy = NO_PENALTY
    formula: Formula = HOMEWORK_ALONE
    mark_titles: Mapping[str, Localized] = field(default_factory=dict)
    exams: tuple[ExamRule, ...] = ()
    integrity: IntegrityRule = USUAL_RULE

    def opens(self, topic: int, what: Literal["materials", "solved"], now: datetime) -> bool:
        """Whether students may see `what` of this topic: of the first class that teaches it and isn't hidden."""
        classes = [one for one in self.plan if topic in one.topics]
        moments = [getattr(one, what) for one in classes if what not in one.hidden]
        return any(moment is None or moment <= now for moment in moments)

    @property
    def works(self) -> tuple[AssignedWork, ...]:
        """Its assignments, in the order of the homework table."""
        return tuple(work for homework in self.homework for work in homework.assignments)

    def work(self, slug: str) -> tuple[Homework, AssignedWork]:
        """The assignment `slug` and the homework it is part of. Raises KeyError if the run has none."""
        for homework in self.homework:
            for work in homework.assignments:
                if work.slug == slug:
                    return homework, work
        raise KeyError(f"run {self.slug} has no assignment {slug!r}")

    def terms(self) -> tuple[AssignmentTerms, ...]:
        """What counts, for `policy.standing`: every assignment with its points and the run's deadline."""
        return tuple(
            AssignmentTerms(work.slug, work.points, work.bonus, homework.deadline, work.judge_points)
            for homework in self.homework
            for work in homework.assignments
        )


@dataclass(frozen=True)
class Course:
    """The course in the folder `root`. `assignments`, by slug, and `materials`, by topic, have what is written.

    `exam` is what the bank has beside that of the topics, `tickets` the cards of oral parts by names of files.
    """

    root: Path
    slug: str
    title: Localized
    language: Language
    timezone: ZoneInfo
    late: LatePolicy
    formula: Formula
    topics: tuple[Topic, ...]
    assignments: Mapping[str, Assignment]
    runs: Mapping[str, Run]
    materials: Mapping[int, TopicMaterials] = field(default_factory=dict)
    reading: tuple[ReadingEntry, ...] = ()
    survey: SurveyFile | None = None
    memes: tuple[Meme, ...] = ()
    exam: tuple[ExamFile, ...] = ()
    tickets: Mapping[str, TicketsFile] = field(default_factory=dict)

    def topic(self, number: int) -> Topic:
        """The topic with this number. Raises KeyError if there is none."""
        for topic in self.topics:
            if topic.number == number:
                return topic
        raise KeyError(f"course {self.slug} has no topic {number}")

    def survey_of(self, number: int, run: Run | None = None) -> Survey:
        """What is asked after this topic, and of how many at least, in `run` if one is given."""
        written = self.materials.get(number)
        survey = Survey.of(self.survey, written.survey if written else None)
        return survey if run is None else survey.among(run.survey.fewest_answers)
