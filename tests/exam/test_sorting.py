"""`kafedra exam sort`: scans become folders of papers, without a server."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

from click.testing import CliRunner
from PIL import Image

from kafedra.cli.exam import exam
from kafedra.exam.bank import Part, Question
from kafedra.exam.drafting import Paper
from kafedra.exam.scans import read_pages
from kafedra.exam.sheets import Heading, Sheet, print_pdf

QUESTION = Question("a", "theory", 1, "a", 1, "Почему?", "Потому.", (Part(Decimal(1), "связно"),))
HEADING = Heading("Глубинное обучение", "Экзамен", short="2023-exam", key="secret")


def test_scans_become_folders_and_nothing_is_lost(tmp_path: Path) -> None:
    pdf = print_pdf("papers", HEADING, Paper(((QUESTION,),)), [Sheet(17, "Анна", "anna")])
    blank = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(blank, "PNG")
    for name, data in (("a.pdf", pdf), ("blank.png", blank.getvalue()), ("b.heic", b"0000ftypheic")):
        (tmp_path / name).write_bytes(data)
    files = [str(tmp_path / name) for name in ("a.pdf", "blank.png", "b.heic", "a.pdf")]
    done = CliRunner().invoke(exam, ["sort", *files, "--key", "secret", "-o", str(tmp_path / "out")])
    assert (done.exit_code, "6 pages sorted, 1 in" in done.output) == (1, True), done.output
    assert "b.heic" in done.output
    found = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.jpg"))
    pages = [f"017/0{number}{again}.jpg" for number in (1, 2, 3) for again in ("-2", "")]
    assert found == [*pages, "by-hand/blank-001.jpg"]
    whole = (tmp_path / "out" / "017" / "02.jpg").read_bytes()
    assert read_pages(whole, 0, 1)[0].codes[0].startswith("2023-EXAM.017.02."), "the sheet is whole"
    other = CliRunner().invoke(exam, ["sort", str(tmp_path / "a.pdf"), "--key", "no", "-o", str(tmp_path / "none")])
    assert "0 pages sorted, 3 in" in other.output
