"""What a student is given: stubs where the answers were, the same bytes each time, and never an answer."""

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.notebooks.conftest import FILES

from kafedra.course import load_assignment
from kafedra.notebooks import (
    BuildError,
    ReadmeContext,
    build_solution_notebook,
    build_student_version,
    student_files,
)
from kafedra.notebooks.pictures import kept_or_drawn


def sources(notebook: bytes) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(notebook)["cells"]]


def test_an_answer_becomes_an_invitation(build) -> None:
    files = build()
    assert sorted(files) == [
        ".gitignore", "README.md", "assignment.toml", "halves.ipynb", "probes.py", "tests/test_half.py",
    ]  # fmt: skip
    assert sources(files["halves.ipynb"])[2] == (
        'def half(number):\n    """Половина."""\n    # Ваш код здесь\n    raise NotImplementedError'
    )
    assert not any(b"ldexp" in data for data in files.values())


def test_the_author_may_write_the_stub(build) -> None:
    notebook = """
        # %% tags=["solution"]
        def half(number):
            # BEGIN SOLUTION
            # STUB: factor = ...  # на что умножить?
            # STUB: return number
            factor = 1 / 2
            return number * factor
            # END SOLUTION
    """
    expected = "def half(number):\n    factor = ...  # на что умножить?\n    return number"
    assert sources(build({"notebook.py": notebook})["halves.ipynb"]) == [expected]


def test_a_solution_cell_without_markers_disappears_as_a_whole(build) -> None:
    notebook = """
        # %% tags=["solution"]
        def half(number):
            return number / 2
        # %% [markdown] tags=["solution"]
        # Потому что половина — это деление на два.
    """
    assert sources(build({"notebook.py": notebook})["halves.ipynb"]) == ["# Ваш код здесь", "*Ваш ответ здесь*"]


def test_the_solution_notebook_has_the_answer_and_no_markers(write, tmp_path) -> None:
    build_solution_notebook(write(), tmp_path / "out" / "halves.ipynb")
    [_, _, answer, _] = sources((tmp_path / "out" / "halves.ipynb").read_bytes())
    assert answer.endswith("    result = number * math.ldexp(1.0, -1)\n    return result")


def test_two_builds_are_equal_to_the_byte(write, tmp_path) -> None:
    assignment = write()
    for name in ("one", "two"):
        build_student_version(assignment, tmp_path / name)
    written = [{path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.*")} for name in ("one", "two")]
    assert written[0] == written[1]


def test_a_process_with_another_hash_seed_builds_the_same(write) -> None:
    root = write().root
    script = (
        "import sys, hashlib; from pathlib import Path; from kafedra.course import load_assignment;"
        "from kafedra.notebooks import student_files;"
        "files = student_files(load_assignment(Path(sys.argv[1])));"
        "print(hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest())"
    )
    digests = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", script, str(root)]
        digests.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert len(digests) == 1


def test_the_notebook_is_valid_and_its_ids_differ(build) -> None:
    import nbformat

    notebook = '# %%\nx = 1\n# %%\nx = 1\n# %% tags=["folded"]\ny = 2\n'
    document = json.loads(build({"notebook.py": notebook})["halves.ipynb"])
    nbformat.validate(document)
    assert len({cell["id"] for cell in document["cells"]}) == 3
    assert document["cells"][2]["metadata"]["jupyter"] == {"source_hidden": True}


def test_it_never_writes_over_a_students_work(write, tmp_path) -> None:
    (tmp_path / "clone").mkdir()
    (tmp_path / "clone" / "halves.ipynb").write_text("work of a week")
    with pytest.raises(BuildError, match="is not empty"):
        build_student_version(write(), tmp_path / "clone")
    assert (tmp_path / "clone" / "halves.ipynb").read_text() == "work of a week"


@pytest.mark.parametrize(
    ("notebook", "says"),
    [
        ("# %%\n# BEGIN SOLUTION\nx = 1\n# END SOLUTION\n", "without the tag"),
        ('# %% tags=["solution"]\n# BEGIN SOLUTION\nx = 1\n', "without END SOLUTION"),
        ('# %% tags=["solution"]\nx = 1\n# END SOLUTION\n', "without BEGIN SOLUTION"),
        ('# %% tags=["solution"]\n# BEGIN SOLUTION\n# BEGIN SOLUTION\nx = 1\n# END SOLUTION\n', "twice"),
        ('# %% tags=["solution"]\n# begin solution\nx = 1\n# end solution\n', "misspelt"),
        ('# %% tags=["solution"]\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n', "misspelt"),
        ('# %% tags=["solution"]\n# BEGIN SOLUTION\n# STUB: pass\n# END SOLUTION\n', "empty solution"),
        ('# %% tags=["solution"]\n# STUB: pass\nx = 1\n', "misspelt or outside"),
    ],
)
def test_a_marker_out_of_place_stops_the_build(build, notebook: str, says: str) -> None:
    with pytest.raises(BuildError, match=says):
        build({"notebook.py": notebook})


ANSWER = '# %% tags=["solution"]\n# BEGIN SOLUTION\n{stub}x = (1 +\n     2) * 30000\ny = "the answer"\n# END SOLUTION\n'


def test_a_stub_that_is_the_solution_stops_the_build(build) -> None:
    stub = "# STUB: x = (1 + 2) * 30000  # ваш код\n# STUB: y = 'the answer'\n"
    with pytest.raises(BuildError, match="the stub is the solution"):
        build({"notebook.py": ANSWER.format(stub=stub)})


@pytest.mark.parametrize("place", ["notebook.py", "probes.py", "tests/test_half.py"])
def test_an_answer_repeated_anywhere_stops_the_build(build, place: str) -> None:
    leak = "x = (1 + 2) * 30000; y = 'the answer'\n"
    changes = {"notebook.py": ANSWER.format(stub="")}
    if place == "notebook.py":
        changes[place] += "# %%\n" + leak
    elif place == "probes.py":
        changes[place] = leak
    else:
        changes[place] = "import pytest\n" + leak + '@pytest.mark.points("1")\ndef test_x(submission):\n    """T"""\n'
    with pytest.raises(BuildError, match="is given away"):
        build(changes)


def test_the_readme_tells_how_to_begin(write) -> None:
    context = ReadmeContext(
        server_url="https://kafedra.example",
        wheel_url="https://kafedra.example/download/kafedra-1.0-py3-none-any.whl",
        deadline=datetime(2023, 1, 30, 23, 59, 59, tzinfo=UTC),
    )
    text = student_files(write(), context=context)["README.md"].decode()
    assert "# Половины\n\nПоделить на два." in text
    assert '"kafedra @ https://kafedra.example/download/kafedra-1.0-py3-none-any.whl" jupyterlab\n' in text
    assert "30 января 2023, 23:59 (UTC)" in text
    assert "kafedra check" in text
    assert "git push" in text
    assert "git config --global user.email" in text, "git refuses the first commit of a new computer"
    assert "спросите на странице задания" in text
    assert "скрыт" not in text
    assert "Ячейки подряд проверка не выполняет" in text


def test_the_python_of_the_server_stands_in_the_clone_also_where_the_assignment_has_its_own(write) -> None:
    files = student_files(write(), context=ReadmeContext(python="3.13"))
    assert files["assignment.toml"].startswith(b"# Python 3.13\n")
    assert b"uv venv --seed --allow-existing --python 3.13 " in files["README.md"]
    own = {
        "assignment.toml": textwrap.dedent(FILES["assignment.toml"])
        + '[environment]\npython = "/opt/other/bin/python"\n'
    }
    assert student_files(write(own), context=ReadmeContext(python="3.13"))["assignment.toml"][:13] == b"# Python 3.13"
    assert b"# Python" not in student_files(write(own))["assignment.toml"]


def test_only_what_the_assignment_needs_is_installed(write) -> None:
    notebook = (
        '# %%\nimport torch\nimport matplotlib.pyplot as plt\nimport pandas\n# %% tags=["solution"]\nhalf = float\n'
    )
    text = student_files(write({"notebook.py": notebook}))["README.md"].decode()
    assert "спросите: не бывает" in text, "without a server there is no page"
    lines = re.findall("^(?:uv|python3|py) .*jupyterlab$", text, re.MULTILINE)
    assert len(lines) == 4
    for line in lines:
        assert re.search(r'"matplotlib>=[\d.]+" pandas .*kafedra jupyterlab$', line)
        assert re.search(r"torch==[\d.]+ ", line)
        assert "scikit-learn" not in line
    assert "без CUDA" in text


def test_a_course_in_english_is_english_throughout(write, tmp_path) -> None:
    folder = tmp_path / "homework" / "halves"
    shutil.copytree(write({"notebook.py": ENGLISH, "tests/test_half.py": ENGLISH_TEST}).root, folder)
    (tmp_path / "course.toml").write_text('language = "en"\n', "utf-8")
    files = student_files(load_assignment(folder))
    everything = b"".join(data for name, data in files.items() if name != "assignment.toml").decode()
    assert not re.findall("[а-яё]+", everything, re.IGNORECASE)
    assert "# Halves\n\nDivide by two." in files["README.md"].decode()
    assert "# Your code here\nraise NotImplementedError" in "".join(sources(files["halves.ipynb"])).replace("    ", "")
    assert "*Your answer here*" in sources(files["halves.ipynb"])
    build_student_version(load_assignment(folder), tmp_path / "clone")
    assert load_assignment(tmp_path / "clone").language == "en", "a clone has no course that would tell it"


ENGLISH = """
    # %% [markdown]
    # # Halves
    # %% tags=["solution"]
    def half(number):
        # BEGIN SOLUTION
        return number / 2
        # END SOLUTION
    # %% [markdown] tags=["solution"]
    # Because.
"""

ENGLISH_TEST = '''
    import pytest


    @pytest.mark.points("1")
    def test_half(submission):
        """A half"""
'''

PICTURES = """
    from matplotlib.figure import Figure

    def line() -> Figure:
        figure = Figure()
        figure.subplots().plot([0, 1])
        return figure
"""


def test_pictures_are_drawn_at_build_time(build) -> None:
    changes = {"pictures.py": PICTURES, "notebook.py": "# %% [markdown]\n# ![Прямая](pictures/line.png)\n"}
    files = build(changes)
    assert files["pictures/line.png"].startswith(b"\x89PNG")
    assert b"Matplotlib version" not in files["pictures/line.png"]
    assert "pictures.py" not in files
    again = build(changes | {"pictures.py": PICTURES + "\n    # the same picture\n"})
    assert again["pictures/line.png"] == files["pictures/line.png"]


def test_pictures_are_drawn_again_only_when_a_file_changed(tmp_path: Path, monkeypatch) -> None:
    root, cache = tmp_path / "halves", tmp_path / "cache"
    root.mkdir()
    (root / "pictures.py").write_text(PICTURES)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    asked: list[Path] = []

    def draw(source: Path) -> Mapping[str, bytes]:
        asked.append(source)
        return {"line.png": b"\x89PNG"}

    drawn = [kept_or_drawn(root, draw) for _ in range(3)]
    assert (drawn, len(asked)) == ([{"line.png": b"\x89PNG"}] * 3, 1)
    (root / "probes.py").write_text("# what pictures.py may import\n")
    assert (kept_or_drawn(root, draw), len(asked)) == (drawn[0], 2)
    for kept in (cache / "kafedra" / "pictures").iterdir():
        kept.write_bytes(b"cut")
    assert (kept_or_drawn(root, draw), len(asked)) == (drawn[0], 3)
    shutil.rmtree(cache)
    cache.write_text("a file where the folder should be")
    assert (kept_or_drawn(root, draw), kept_or_drawn(root, draw), len(asked)) == (drawn[0], drawn[0], 5)


def test_the_numbers_along_the_axes_have_the_decimal_sign_of_the_text(build) -> None:
    notebook = {"notebook.py": "# %% [markdown]\n# ![Прямая](pictures/line.png)\n"}
    by_hand = PICTURES.replace(
        "return figure",
        "for axis in (figure.axes[0].xaxis, figure.axes[0].yaxis):\n"
        "            axis.set_major_formatter(lambda number, place: f'{number:.1f}'.replace('.', ','))\n"
        "        return figure",
    )
    plain, comma, wanted = (
        build(notebook | {"pictures.py": text})["pictures/line.png"]
        for text in (PICTURES, f'    DECIMAL = ","\n{PICTURES}', by_hand)
    )
    assert comma == wanted != plain


def test_a_picture_that_nobody_draws_stops_the_build(build) -> None:
    with pytest.raises(BuildError, match=r"^notebook\.py:2: picture: .* pictures\.py does not draw it"):
        build({"notebook.py": "# %% [markdown]\n# ![Прямая](pictures/line.png)\n"})


def test_a_picture_that_cannot_be_drawn_is_explained(build) -> None:
    with pytest.raises(BuildError, match="ZeroDivisionError"):
        build({"pictures.py": "1 / 0\n"})
