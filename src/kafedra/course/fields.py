"""The kinds of value that a course's files hold, each with the one sentence that says what is allowed."""

import keyword
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator
from pydantic_core import PydanticCustomError

T = TypeVar("T")

NOT_ALLOWED = "not_allowed"
FEWEST_ANSWERS = 5  # with fewer, words have an author whatever is done about it
YEARS = range(2000, 2200)  # a year outside is a slip of the finger, and an overflow later
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
PROGRAM = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*")
GIVEN = ("README.md", "assignment.toml", "probes.py", "conftest.py", "notebook.py", "pictures.py", "review.md")
GIVEN_FOLDERS = ("tests/", "pictures/", "solutions/", "mutants/", "starter/")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
API = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*(\.\*)?", re.ASCII)


class FileModel(BaseModel):
    """A table of a TOML file: immutable, without unknown keys, nothing silently converted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def not_allowed(message: str) -> PydanticCustomError:
    """The error that reaches the author with exactly this `message`."""
    return PydanticCustomError(NOT_ALLOWED, "{message}", {"message": message})


def _decimal(allowed: str, fits: Callable[[Decimal], bool]) -> PlainValidator:
    def validate(value: object) -> Decimal:
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            raise not_allowed(allowed)
        number = Decimal(value)
        if not number.is_finite() or not fits(number) or number != round(number, 2):
            raise not_allowed(allowed)
        return number

    return PlainValidator(validate)


def _whole(low: int, high: int) -> PlainValidator:
    def validate(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise not_allowed(f"must be a whole number from {low} to {high}")
        return value

    return PlainValidator(validate)


def _text(pattern: re.Pattern[str], allowed: str) -> AfterValidator:
    def validate(value: str) -> str:
        if not pattern.fullmatch(value):
            raise not_allowed(allowed)
        return value

    return AfterValidator(validate)


def _seconds(value: object) -> float:
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool) or not 0 < value <= 3600:
        raise not_allowed("must be a number of seconds, more than 0 and at most 3600")
    return float(value)


def _local_date(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime) or value.year not in YEARS:
        raise not_allowed("must be a date without quotes and without a time, such as 2023-01-23")
    return value


def _deadline(value: object) -> date | datetime | Literal["none"]:
    if value == "none":
        return "none"
    naive = isinstance(value, datetime) and value.utcoffset() is None
    if isinstance(value, date) and not naive and value.year in YEARS:
        return value
    raise not_allowed(
        'must be a date (the end of that day counts), a date and time with an offset, or "none": '
        "2023-01-30, 2023-01-30T18:00:00+03:00"
    )


def _publication(value: object) -> date | datetime | Literal["none"]:
    try:
        return _deadline(value)
    except PydanticCustomError:
        raise not_allowed(
            'must be a date (the beginning of that day), a date and time with an offset, or "none": '
            "2023-02-06, 2023-02-06T12:00:00+03:00"
        ) from None


def _clock_time(value: object) -> time:
    given = value
    if isinstance(value, str) and CLOCK.fullmatch(value):
        given = time.fromisoformat(value)
    if not isinstance(given, time) or given.tzinfo is not None or given.second or given.microsecond:
        raise not_allowed("must be a time of the day in quotes, in the course's time zone: '18:00'")
    return given


def _number(value: object) -> Decimal:
    if not isinstance(value, int | Decimal) or isinstance(value, bool) or not Decimal(value).is_finite():
        raise not_allowed("must be a number, such as 0.25 or 1e-5")
    return Decimal(value)


def _address(value: str) -> str:
    address = urlsplit(value)
    if address.scheme not in ("http", "https") or not address.hostname or any(letter.isspace() for letter in value):
        raise not_allowed("must be an address on the web, such as 'https://example.org/page'")
    return value


def _notebook_address(value: str) -> str:
    if "{path}" not in value or value.replace("{path}", "").count("{"):
        raise not_allowed("must be an address with {path} in it, where the notebook's place goes")
    return _address(value)


def _class_topics(value: object) -> tuple[int, ...]:
    numbers = value if isinstance(value, list | tuple) else [value]
    valid = all(isinstance(one, int) and not isinstance(one, bool) and 1 <= one <= 999 for one in numbers)
    if not numbers or not valid or len(set(numbers)) < len(numbers):
        raise not_allowed("must be the number of a topic, or a list of different ones: 3, [3, 4]")
    return tuple(numbers)


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        near = get_close_matches(value, available_timezones(), n=1)
        hint = f" — did you mean '{near[0]}'?" if near else ""
        raise not_allowed(f"must be a time zone of the IANA list, such as 'Europe/Moscow'{hint}") from None
    return value


def _identifier(value: str) -> str:
    if not value.isidentifier() or keyword.iskeyword(value):
        raise not_allowed("must be a Python name, such as 'MyReLU'")
    return value


def _handed_in(value: str) -> str:
    if not PATH.fullmatch(value) or ".." in value or value in GIVEN or value.startswith(GIVEN_FOLDERS):
        raise not_allowed(
            "must be a path in the repository, with Latin letters, digits, '_', '-' and dots, and no file that the "
            "course puts there itself: 'graph.py', 'report/plan.md'"
        )
    return value


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


Many = Annotated[tuple[T, ...], BeforeValidator(_as_tuple)]

Words = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, _text(SLUG, "must be lower-case Latin letters, digits and hyphens: 'weight-init'")]
Identifier = Annotated[str, AfterValidator(_identifier)]
ApiName = Annotated[str, _text(API, "must be a dotted name: 'torch.relu', or for all in it 'torch.nn.*'")]
FilePath = Annotated[str, AfterValidator(_handed_in)]
ProgramName = Annotated[str, _text(PROGRAM, "must be the name of a program, without a folder: 'gcc'")]
TimezoneName = Annotated[str, AfterValidator(_timezone)]

Points = Annotated[Decimal, _decimal("must be a positive number with at most 2 decimals", lambda n: 0 < n <= 1000)]
PointsOrNone = Annotated[
    Decimal, _decimal("must be a number from 0 to 1000 with at most 2 decimals", lambda n: 0 <= n <= 1000)
]
Percent = Annotated[
    Decimal, _decimal("must be a number from 0 to 100 with at most 2 decimals", lambda n: 0 <= n <= 100)
]
Weight = Annotated[Decimal, _decimal("must be a number from 0 to 1 with at most 2 decimals", lambda n: 0 <= n <= 1)]
NotebookAddress = Annotated[str, AfterValidator(_notebook_address)]
ClassTopics = Annotated[tuple[int, ...], PlainValidator(_class_topics)]
TopicNumber = Annotated[int, _whole(1, 999)]
HomeworkNumber = Annotated[int, _whole(1, 999)]
Days = Annotated[int, _whole(1, 366)]
DaysFromZero = Annotated[int, _whole(0, 366)]
SeedCount = Annotated[int, _whole(1, 1000)]
Amount = Annotated[int, _whole(1, 1_000_000)]
DaysOpen = Annotated[int, _whole(1, 60)]
FewestAnswers = Annotated[int, _whole(FEWEST_ANSWERS, 1000)]
Number = Annotated[Decimal, PlainValidator(_number)]
WebAddress = Annotated[str, AfterValidator(_address)]
Difficulty = Annotated[int, _whole(1, 3)]
Minutes = Annotated[int, _whole(1, 6000)]
Variants = Annotated[int, _whole(1, 20)]
Markers = Annotated[int, _whole(1, 2)]
Decimals = Annotated[int, _whole(0, 4)]
Year = Annotated[int, _whole(1600, 2199)]
ScalePoints = Annotated[int, _whole(2, 10)]
Seconds = Annotated[float, PlainValidator(_seconds)]
ClockTime = Annotated[time, PlainValidator(_clock_time)]
LocalDate = Annotated[date, PlainValidator(_local_date)]
Deadline = Annotated[date | datetime | Literal["none"], PlainValidator(_deadline)]
Publication = Annotated[date | datetime | Literal["none"], PlainValidator(_publication)]
