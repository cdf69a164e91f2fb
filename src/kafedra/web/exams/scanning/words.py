"""What people read when a file of scans can't be taken."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kafedra.exam.scans import MOST_PAGES, MOST_PIXELS, CannotScan

MOST_BYTES = 64 * 2**20  # of one file
MOST_BYTES_AT_ONCE = 100 * 2**20


def refusal(error: CannotScan) -> str:
    """Why, and what to do."""
    if error.trouble == "heic":
        return _(
            "HEIC photographs are not read here. On an iPhone choose Settings → Camera → Formats → Most Compatible, "
            "or scan the sheets in Notes or Files, which makes a PDF."
        )
    if error.trouble == "pages":
        return _("More than %(n)d pages in one PDF: send it in parts.") % {"n": MOST_PAGES}
    if error.trouble == "pixels":
        return _(
            "It is too large to be a sheet: a photograph has at most %(n)d million pixels, a page is at most A0."
        ) % {"n": MOST_PIXELS // 10**6}
    return {
        "empty": _("There is nothing in it."),
        "kind": _("Neither a PDF nor a JPEG nor a PNG."),
        "broken": _("It is broken: it can't be read to the end. Scan it again, or export it anew."),
        "password": _("The PDF asks for a password. Send one that opens without."),
    }[error.trouble]


def too_costly() -> str:
    """About a file that took more time or memory than scans need."""
    return _("It takes more memory or time than scanned sheets do. Export it anew as plain pictures, 200 dots an inch.")
