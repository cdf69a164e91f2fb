"""Cells are run once; a failed one fails each time; what a page shows is what was executed."""

import json

import pytest
from tests.course.topic_files import LECTURE, SEMINAR

from kafedra.materials import Addresses, CellFailed, chapter, execute, known, notebook_file, seminar_page, why_run
from kafedra.materials.fingerprint import chain, surroundings

DRAWING = """
# %%
import matplotlib.pyplot as plt
print("<b>готово</b>")
plt.plot([0, 1], color="C0")
plt.title("α")
plt.show()
"""


def test_a_notebook_is_run_once_and_shown_with_its_outputs(topic, store) -> None:
    written = topic(seminar_py=SEMINAR + DRAWING, lecture_md=LECTURE + "\nЛучший шаг {{ best_h:.0e }}.\n")
    places = Addresses()
    before = seminar_page(written, store, "solved", places, picture_at=str)
    assert not before.executed
    assert not any(cell.outputs for cell in before.cells)
    assert "Лучший шаг …" in chapter(written, store, places).html
    assert why_run(written, store) == "was never executed"

    executed = execute(written, store)
    assert executed.fresh
    assert executed.values == {"best_h": 1e-5}
    assert not execute(written, store).fresh
    assert why_run(written, store) == ""

    page = seminar_page(written, store, "solved", places, picture_at=lambda digest: f"/p/{digest}")
    text, figure = page.cells[-1].outputs
    assert "&lt;b&gt;готово&lt;/b&gt;" in text
    assert 'class="on-light"' in figure
    assert 'class="on-dark"' in figure
    assert len(page.pictures) == 2
    assert {"image/png"} == {picture.mime for picture in page.pictures.values()}
    assert "Лучший шаг 10⁻⁵." in chapter(written, store, places).html
    assert chapter(written, store, places).complete

    student = seminar_page(written, store, "student", places, picture_at=str)
    assert [cell.blank for cell in student.cells].count(True) == 1
    assert "return 2 * x" not in "".join(cell.html for cell in student.cells)
    file = json.loads(notebook_file(written, store, "solved"))
    assert [list(output["data"]) for output in file["cells"][-1]["outputs"] if "data" in output] == [["image/png"]]


def test_a_failed_cell_fails_each_time_with_its_place(topic, store) -> None:
    written = topic(seminar_py=SEMINAR + '\n# %%\nprint("до")\n\n# %%\nraise KeyError("нет такого")\n')
    for _ in range(2):
        with pytest.raises(CellFailed) as failed:
            execute(written, store)
        assert (failed.value.topic, failed.value.cell) == ("01-backprop", 7)
        assert "KeyError: 'нет такого'" in str(failed.value)
    assert known(written, store) is None


def test_there_is_no_network_in_a_seminar(topic, store) -> None:
    download = '\n# %%\nimport urllib.request\nurllib.request.urlopen("http://127.0.0.1:9")\n'
    with pytest.raises(CellFailed, match="no network in a seminar"):
        execute(topic(seminar_py=SEMINAR + download), store)


def test_keys_depend_on_meaning_and_surroundings(topic) -> None:
    written = topic()
    before = surroundings(written.root, ["import math"])
    one = chain(["a = 1", "b = a"], before)
    assert chain(["a = 1  # note\n", "b=a"], before) == one, "comments and layout change nothing"
    changed = chain(["a = 2", "b = a"], before)
    assert changed[0] != one[0]
    assert changed[1] != one[1], "what comes after depends on what was before"
    (written.root / "helper.py").write_text("x = 1\n", encoding="utf-8")
    assert chain(["a = 1", "b = a"], surroundings(written.root, ["import math"])) != one
    assert surroundings(written.root, ["import numpy"]).packages.keys() == {"numpy"}
