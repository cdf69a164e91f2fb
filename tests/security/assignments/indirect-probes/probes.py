"""Four ways in which a probe comes by the student's class."""

import functools


class Watched:
    def __init__(self, student):
        self.layer = student.Layer()


def by_class(student, x):
    return Watched(student).layer(x)


def by_list(student, names, x):
    return [student[name]()(x) for name in names][0]  # noqa: RUF015 - a list is the point


def _make(student):
    return student.Layer()


make = functools.partial(_make)


def by_partial(student, x):
    return make(student)(x)


def by_getattr(student, x):
    return getattr(student, "Layer")()(x)  # noqa: B009 - that is the point
