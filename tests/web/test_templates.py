"""A template is read and compared like any other source: a change of a word is not a change of a screen."""

from __future__ import annotations

from pathlib import Path

import kafedra.web

TEMPLATES = Path(kafedra.web.__file__).parent
LONGEST = 300  # a translated sentence stands on one line
# words in the middle of others, or lines of code: no white space may come between their parts
IN_ONE_PIECE = {"_lines.html", "_reason_word.html", "_stage.html", "_text.html"}


def test_no_line_is_longer_than_one_reads() -> None:
    long = {
        f"{path.relative_to(TEMPLATES)}:{number}"
        for path in TEMPLATES.rglob("*.html")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LONGEST and path.name not in IN_ONE_PIECE
    }
    assert not long
