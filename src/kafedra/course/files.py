"""`course.toml` and `runs/<slug>.toml` as their authors write them; `resolve` makes the values of a run."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from pydantic import Field

from kafedra.course.assignment import Assignment
from kafedra.course.exam_rule import ExamTable
from kafedra.course.fields import (
    ClassTopics,
    ClockTime,
    Days,
    DaysFromZero,
    DaysOpen,
    Deadline,
    FewestAnswers,
    FileModel,
    HomeworkNumber,
    LocalDate,
    Many,
    NotebookAddress,
    Percent,
    PointsOrNone,
    Publication,
    Slug,
    TimezoneName,
    WebAddress,
)
from kafedra.course.formula import FormulaTable
from kafedra.course.text import Language, Localized
from kafedra.course.values import AssignedWork, ClassLinks, Homework, PlannedTopic, Run, RunSite, SurveyTimes, Topic
from kafedra.policy import IntegrityRule, LatePolicy, Ruling, days_to_most

END_OF_DAY = time(23, 59, 59)
USUAL = SurveyTimes()
Consequence = Literal["warning", "assignment", "all"]


class LateTable(FileModel):
    """`[late]`: what every started day after the deadline costs, and the most it can cost."""

    percent_per_day: Percent = Field(description="what each started day takes, in per cent of the points")
    max_percent: Percent = Field(description="the most that lateness takes, in per cent of the points")

    def policy(self) -> LatePolicy:
        """The same as a value of `kafedra.policy`."""
        return LatePolicy(self.percent_per_day, self.max_percent)


class IntegrityTable(FileModel):
    """`[integrity]`: how long a student may answer, and what a case may end in besides that there was nothing."""

    answer_days: Days = 7
    copying: Many[Consequence] = Field(("warning", "assignment", "all"), min_length=1)
    deceiving: Many[Consequence] = Field(("warning", "assignment"), min_length=1)

    def policy(self) -> IntegrityRule:
        """The same as a value of `kafedra.policy`."""
        return IntegrityRule(self.answer_days, _rulings(self.copying), _rulings(self.deceiving))


def _rulings(named: Sequence[Consequence]) -> tuple[Ruling, ...]:
    return tuple(one for one in Ruling if one.value in named)


class CourseFile(FileModel):
    """The keys of `course.toml`."""

    slug: Slug = Field(description="the course's name in addresses")
    title: Localized = Field(description="the course's name")
    language: Language = Field(description="the language of its materials, 'ru' or 'en'")
    timezone: TimezoneName = Field(description="where its deadlines are, such as 'Europe/Moscow'")
    late: LateTable = Field(description="a table with the late penalty")
    formula: FormulaTable = Field(description="a table with the formula of the grade")
    integrity: IntegrityTable = IntegrityTable()
    topics: Many[Topic] = Field(min_length=1, description="the plan, a [[topics]] table for each topic")


class PlanEntry(FileModel):
    """`[[plan]]`: a class of the run. `topic` is a number of course.toml, or a list of them."""

    topic: ClassTopics = Field(description="the number of a topic in course.toml, or a list of them")
    date: LocalDate | None = None
    call: WebAddress | None = None
    recording: WebAddress | None = None
    chat: WebAddress | None = None
    materials: Publication | None = None
    solved: Publication | None = None


class SiteTable(FileModel):
    """`[site]`: whether anybody may read the run's site, and where its notebooks open."""

    public: bool = False
    colab: NotebookAddress | None = None
    jupyterhub: NotebookAddress | None = None
    solved_days: DaysFromZero = 7


class AdmissionTable(FileModel):
    """`[admission]`: what must be passed before the exam."""

    blitz_percent: Percent = Field(description="how much of each topic's blitz must be right, in per cent")


class SurveyTable(FileModel):
    """`[survey]`: when a topic's form is open, and how many answers it takes to be read."""

    opens: ClockTime = USUAL.opens
    closes: ClockTime = USUAL.closes
    reminds: ClockTime = USUAL.reminds
    days_open: DaysOpen = USUAL.days_open
    fewest_answers: FewestAnswers | None = None

    def times(self) -> SurveyTimes:
        """The same as a value of the run."""
        return SurveyTimes(self.opens, self.closes, self.reminds, self.days_open, self.fewest_answers)


class WorkEntry(FileModel):
    """`[[homework.assignments]]`: an assignment that is part of a homework."""

    slug: Slug = Field(description="the assignment's folder in homework/, there already or to come")
    title: Localized | None = None
    points: PointsOrNone = Field(description="what it is worth in this run")
    bonus: bool = False


class HomeworkEntry(FileModel):
    """`[[homework]]`: a row of the homework table."""

    number: HomeworkNumber = Field(description="its number in the table")
    title: Localized = Field(description="what people call it")
    issued: LocalDate | None = None
    deadline: Deadline | None = None
    solutions: Publication | None = None
    assignments: Many[WorkEntry] = Field(min_length=1, description="a [[homework.assignments]] table each")


class RunFile(FileModel):
    """The keys of `runs/<slug>.toml`."""

    slug: Slug = Field(description="the run's name in addresses, the same as its file's")
    title: Localized = Field(description="what people call this run")
    starts: LocalDate | None = None
    ends: LocalDate | None = None
    deadline_days: Days = 7
    solution_days: DaysFromZero | None = None
    late: LateTable | None = None
    formula: FormulaTable | None = None
    integrity: IntegrityTable | None = None
    site: SiteTable = SiteTable()
    admission: AdmissionTable | None = None
    survey: SurveyTable = SurveyTable()
    exam: Many[ExamTable] = ()
    plan: Many[PlanEntry] = ()
    homework: Many[HomeworkEntry] = ()

    def resolve(self, zone: tzinfo, assignments: Mapping[str, Assignment], course: CourseFile) -> Run:
        """The run, with its days as moments of `zone`; a title left out is that of the assignment.

        The late penalty, the formula and the rule of integrity are the run's own, or those of the course.
        """
        late, formula = self.late or course.late, self.formula or course.formula
        return Run(
            slug=self.slug,
            title=self.title,
            starts=self.starts,
            ends=self.ends,
            plan=tuple(self._class(entry, zone) for entry in self.plan),
            homework=tuple(self._homework(entry, zone, assignments, late.policy()) for entry in self.homework),
            late=late.policy(),
            formula=formula.policy(),
            mark_titles=formula.mark_titles(),
            site=RunSite(self.site.public, self.site.colab, self.site.jupyterhub),
            blitz_percent=self.admission.blitz_percent if self.admission else None,
            survey=self.survey.times(),
            exams=tuple(one.rule() for one in self.exam),
            integrity=(self.integrity or course.integrity).policy(),
        )

    def _class(self, entry: PlanEntry, zone: tzinfo) -> PlannedTopic:
        first, *more = entry.topic
        began = None if entry.date is None else datetime.combine(entry.date, time.min, zone)
        materials = _published(entry.materials, zone, began)
        solved = _published(entry.solved, zone, began and began + timedelta(days=self.site.solved_days))
        return PlannedTopic(
            topic_number=first,
            date=entry.date,
            also=tuple(more),
            links=ClassLinks(entry.call, entry.recording, entry.chat),
            materials=materials,
            solved=solved,
            hidden=frozenset(
                name for name, when in (("materials", entry.materials), ("solved", entry.solved)) if when == "none"
            ),
        )

    def deadline_of(self, entry: HomeworkEntry, zone: tzinfo) -> datetime | None:
        """The moment in `zone` after which `entry` is late; None: never."""
        match entry.deadline:
            case "none":
                return None
            case datetime():
                return entry.deadline.astimezone(zone)
            case date():
                return datetime.combine(entry.deadline, END_OF_DAY, zone)
        if entry.issued is None:
            return None
        return datetime.combine(entry.issued + timedelta(days=self.deadline_days), END_OF_DAY, zone)

    def solutions_of(self, entry: HomeworkEntry, zone: tzinfo, late: LatePolicy) -> datetime | None:
        """The moment in `zone` from which students may open the solutions; None: never.

        Left out, it is as many days after the deadline as `solution_days` says, or as lateness takes to cost the most;
        where late work still earns everything there is no such day, and the solution opens when somebody says so.
        """
        deadline = self.deadline_of(entry, zone)
        days = days_to_most(late) if self.solution_days is None else self.solution_days
        free = self.solution_days is None and days == 0
        return _published(entry.solutions, zone, None if free else deadline and deadline + timedelta(days=days))

    def _homework(
        self, entry: HomeworkEntry, zone: tzinfo, assignments: Mapping[str, Assignment], late: LatePolicy
    ) -> Homework:
        works = tuple(_assigned(work, assignments.get(work.slug)) for work in entry.assignments)
        return Homework(
            number=entry.number,
            title=entry.title,
            issued=entry.issued,
            deadline=self.deadline_of(entry, zone),
            assignments=works,
            solutions=self.solutions_of(entry, zone, late),
        )


def _assigned(work: WorkEntry, assignment: Assignment | None) -> AssignedWork:
    """As the run counts it; an assignment that is not written yet is judged by as many points."""
    title = work.title or (assignment.title if assignment else None)
    assert title is not None, "checked before"
    differs = assignment is not None and assignment.points != work.points
    return AssignedWork(
        work.slug, title, work.points, work.bonus, assignment.points if assignment and differs else None
    )


def _published(
    given: date | datetime | Literal["none"] | None, zone: tzinfo, otherwise: datetime | None
) -> datetime | None:
    """The moment in `zone` that a `Publication` says; left out, it is `otherwise`."""
    match given:
        case "none":
            return None
        case datetime():
            return given.astimezone(zone)
        case date():
            return datetime.combine(given, time.min, zone)
    return otherwise
