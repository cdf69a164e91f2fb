"""What there is to translate, and bringing the catalogues up to date: `python -m kafedra.web.frame.messages`.

Does the work of Django's `makemessages`, without needing gettext's programs.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

WEB_DIR = Path(__file__).resolve().parent.parent
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: kafedra\\n"
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extracted() -> Catalog:
    """A catalogue of every message in the web part's modules and templates, with the places it comes from."""
    catalog = Catalog(domain="django", project="kafedra", fuzzy=False)
    for path in sorted(WEB_DIR.rglob("*.py")) + sorted(WEB_DIR.rglob("*.html")):
        place = path.relative_to(WEB_DIR).as_posix()
        text = path.read_text(encoding="utf-8")
        source = text if path.suffix == ".py" else _as_python(text, place)
        found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=("Translators:",))
        for line, message, comments, context in found:
            catalog.add(message, locations=[(place, line)], auto_comments=comments, context=context)
    return catalog


def _as_python(template: str, place: str) -> str:
    """A template as Django prepares it for xgettext; unindented, since Babel reads it as real Python."""
    from django.utils.translation.template import templatize

    return "\n".join(line.lstrip() for line in templatize(template, origin=place).splitlines())


def updated(text: bytes, locale: str) -> bytes:
    """A .po file with new messages added (empty) and unused ones dropped; translations are never guessed."""
    catalog = read_po(io.BytesIO(text), locale=locale, domain="django")
    catalog.update(extracted(), no_fuzzy_matching=True)
    out = io.BytesIO()
    # Neither line numbers nor Babel's dated header: a catalogue changes when its messages do.
    write_po(out, catalog, width=110, omit_header=True, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    return HEADER.format(locale=locale, plural=catalog.plural_forms).encode() + out.getvalue()


def main() -> None:
    """Update every catalogue in place."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kafedra.web.config.settings")
    django.setup()
    for file in sorted((WEB_DIR / "locale").glob("*/LC_MESSAGES/django.po")):
        file.write_bytes(updated(file.read_bytes(), file.parent.parent.name))


if __name__ == "__main__":
    main()
