"""Words for states, outcomes, roles and letters: the vocabulary of the product, in one place."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Of an assignment before anything was pushed, and then of its newest submission.
STATES = {
    "later": pgettext_lazy("assignment", "not open yet"),
    "new": pgettext_lazy("assignment", "not started"),
    "accepted": pgettext_lazy("assignment", "no submissions yet"),
    "waiting": pgettext_lazy("submission", "in the queue"),
    "running": pgettext_lazy("submission", "being graded"),
    "graded": pgettext_lazy("submission", "graded"),
    "unread": pgettext_lazy("submission", "waits for its review"),
    "fault": pgettext_lazy("submission", "our failure"),
}

OUTCOMES = {
    "passed": pgettext_lazy("test", "passed"),
    "failed": pgettext_lazy("test", "failed"),
    "error": pgettext_lazy("test", "exception"),
    "timeout": pgettext_lazy("test", "out of time"),
    "memory": pgettext_lazy("test", "out of memory"),
    "crashed": pgettext_lazy("test", "crashed"),
    "forbidden": pgettext_lazy("test", "forbidden"),
    "missing": pgettext_lazy("test", "no code"),
}

ROLES = {"student": _("student"), "assistant": _("assistant"), "instructor": _("instructor")}

LETTERS = {
    "waiting": pgettext_lazy("letter", "waits"),
    "sending": pgettext_lazy("letter", "is being sent"),
    "sent": pgettext_lazy("letter", "sent"),
    "failed": pgettext_lazy("letter", "failed"),
    "expired": pgettext_lazy("letter", "too late to send"),
}

# Of an integrity case: what it is about, what it ends in for one student, where it stands with one.
GROUNDS = {
    "copying": pgettext_lazy("integrity", "copied work"),
    "deceiving": pgettext_lazy("integrity", "an attempt to deceive the grader"),
}
RULINGS = {
    "nothing": pgettext_lazy("integrity", "no case: there was nothing"),
    "warning": pgettext_lazy("integrity", "a warning"),
    "assignment": pgettext_lazy("integrity", "this assignment counts as zero"),
    "all": pgettext_lazy("integrity", "all homework counts as zero"),
}
CASES = {
    "noted": pgettext_lazy("integrity", "the student has not been asked"),
    "asked": pgettext_lazy("integrity", "waits for the student's answer"),
    "answered": pgettext_lazy("integrity", "answered, waits for a decision"),
    "silent": pgettext_lazy("integrity", "no answer in time, waits for a decision"),
    "decided": pgettext_lazy("integrity", "decided"),
}

SIGN_INS = {
    "password": _("password"),
    "link": _("letter"),
    "invitation": _("invitation"),
    "github": "GitHub",
    "google": "Google",
}

# What a browser says of itself, and what people call it. Most claim to be several: the one to believe comes first.
BROWSERS = (
    ("YaBrowser/", "Yandex"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrom", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
