"""Compiles the translations at start, in pure Python: no gettext to install, no binaries to keep."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

SOURCES = Path(__file__).resolve().parent.parent / "locale"
DOMAIN = "django"


def ensure_compiled() -> None:
    """Bring the compiled catalogues in the data folder up to date with the .po files; cheap when they are.

    They are told apart by a digest of the source: dates of installed files say nothing.
    """
    for source in sorted(SOURCES.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        text = source.read_bytes()
        target = settings.COMPILED_LOCALE_DIR / source.relative_to(SOURCES).with_suffix(".mo")
        stamp, digest = target.with_suffix(".sha256"), hashlib.sha256(text).hexdigest()
        if target.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == digest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, compiled(text))
        _replace(stamp, digest.encode("ascii"))


def compiled(text: bytes) -> bytes:
    """The .mo form of a .po file; fuzzy entries stay out."""
    out = io.BytesIO()
    write_mo(out, read_po(io.BytesIO(text), domain=DOMAIN))
    return out.getvalue()


def _replace(target: Path, content: bytes) -> None:
    """Write at once or not at all: several processes may start together."""
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(target)
