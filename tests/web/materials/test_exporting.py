"""The site as files: complete, with relative addresses, without a database or a server."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.web.materials.conftest import Teach

from kafedra.web.materials.exporting import DeadLink, export

LECTURE = "# Глава\n\nНачало.\n\n## Почему граф\n\nПути складываются.\n\n[семинар](seminar.py)\n"


def links(page: Path) -> list[str]:
    return re.findall(r'(?:href|src|action)="([^"]+)"', page.read_text("utf-8"))


def test_every_link_leads_to_a_file(teach: Teach, tmp_path: Path) -> None:
    teach(lecture_md=LECTURE)
    out = tmp_path / "out"
    files, changed = export(["2023"], out)
    assert files == changed == sum(path.is_file() for path in out.rglob("[!.]*"))
    pages = list(out.rglob("*.html"))
    assert out / "2023/topics/backprop/lecture/index.html" in pages
    for page in pages:
        for link in links(page):
            parts = urlsplit(link)
            if not parts.scheme and parts.path:
                assert (page.parent / parts.path).is_file(), (page, link)
            elif parts.scheme:
                assert link.startswith("https://example.org/"), link  # reading, and prerequisites


def test_nothing_that_needs_a_server_is_there(teach: Teach, tmp_path: Path) -> None:
    teach(lecture_md=LECTURE)
    export(["2023"], tmp_path / "out")
    for page in (tmp_path / "out").rglob("*.html"):
        written = page.read_text("utf-8")
        assert 'method="post"' not in written
        assert "/sign-in/" not in written


def test_the_search_index_is_a_script_with_lemmas(teach: Teach, tmp_path: Path) -> None:
    teach(lecture_md=LECTURE)
    export(["2023"], tmp_path / "out")
    script = (tmp_path / "out/2023/search/index.js").read_text("utf-8")
    index = json.loads(script.removeprefix("window.kafedraIndex = ").rstrip(";\n"))
    [lemma] = index["forms"]["складываются"][:1]
    found = [index["passages"][place] for place, _weight in index["postings"][lemma]]
    assert [(one[1], one[3]) for one in found] == [
        ("../topics/backprop/lecture/index.html#pochemu-graf", "Почему граф")
    ]
    page = (tmp_path / "out/2023/search/index.html").read_text("utf-8")
    assert '<script src="index.js" defer>' in page


def test_the_same_again_changes_nothing_and_what_is_gone_goes(teach: Teach, tmp_path: Path) -> None:
    teach(lecture_md=LECTURE)
    out = tmp_path / "out"
    export(["2023"], out)
    (out / "CNAME").write_text("dl.example.org", "utf-8")
    assert export(["2023"], out)[1] == 0
    teach(run='slug = "2023"\ntitle = "2023"\n[[plan]]\ntopic = 2\n')
    export(["2023"], out)
    assert not (out / "2023/topics/backprop/index.html").exists()
    assert (out / "CNAME").read_text("utf-8") == "dl.example.org"


def test_a_dead_link_is_an_error(teach: Teach, tmp_path: Path) -> None:
    teach(lecture_md="# Глава\n\n![граф](pictures/nowhere.svg)\n")
    with pytest.raises(DeadLink, match=r"/2023/topics/backprop/lecture/ leads to .*nowhere\.\w+\.svg"):
        export(["2023"], tmp_path / "out")
    assert not (tmp_path / "out").exists()
