"""Why a name is not there: the remark leads to what its author sees."""

import json
from collections.abc import Sequence

import pytest
from tests.notebooks.working import extracted, notebook, notes

from kafedra.notebooks import ExtractedModule, UnusableSubmission, extract, read_submission


def with_texts(
    *cells: tuple[str, str], required: Sequence[str] = ("Layer",), statement: Sequence[str] = ()
) -> ExtractedModule:
    document = {"nbformat": 4, "cells": [{"cell_type": kind, "source": source} for kind, source in cells]}
    return extract(read_submission("work.ipynb", json.dumps(document).encode()), required, statement=statement)


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_cell_that_was_turned_to_text_is_named(kind: str) -> None:
    module = with_texts(("code", "x = 1"), (kind, "class Layer:\n    a = 1"))
    assert module.elsewhere["Layer"].message("ru") == "Ячейка 2 — текст, а не код: смените её тип на «Code»"
    only = with_texts((kind, "class Layer:\n    a = 1"))
    assert only.missing == ("Layer",)
    assert "Layer" in only.elsewhere


def test_an_example_in_a_text_is_no_solution() -> None:
    module = with_texts(
        ("markdown", "Пример:\n```python\nclass Layer:\n    pass\n```\nи `class Layer`"), ("code", "x = 1")
    )
    assert module.elsewhere == {}


def test_what_is_commented_out_or_inside_something_else_is_named() -> None:
    [note] = notes(extracted("x = 1\n# class Layer:\n#     a = 1"))
    assert note == "Cell 1, line 2: the definition is commented out"
    [note] = notes(extracted("def solve():\n    class Layer: pass\n    return Layer"))
    assert note == "Cell 1, line 2: Layer is defined inside solve; it belongs at the top level"


HIDDEN = {
    "a number for sum": ("def Layer(xs): return sum(xs)", "sum = 0", "“sum = 0” hides Python's own sum"),
    "the largest for max": ("max = max([1, 2])", "def Layer(xs): return max(xs)", "hides Python's own max"),
    "a number for a module": ("import time", "time = 5\ndef Layer(): return time.time()", "hides time (“import time”)"),
    "an object for its class": ("class Layer: pass", "Layer = Layer()", "hides Layer (“class Layer: pass”)"),
    "a list for a helper": ("def f(x): return x\ndef Layer(): return f(1)", "f = [1, 2]", "hides f (“def f(x)"),
}


@pytest.mark.parametrize(("first", "second", "words"), HIDDEN.values(), ids=HIDDEN.keys())
def test_a_value_in_the_place_of_a_function_is_named(first: str, second: str, words: str) -> None:
    [note] = notes(extracted(first, second))
    assert words in note


SHOWN = {
    "a wrapper": ("def Layer(): return 1", "Layer = wrapped(Layer)\ndef wrapped(f): return f"),
    "another function": ("max = lambda xs: xs[0]", "def Layer(xs): return max(xs)"),
    "a number that nobody calls": ("id = 5", "def Layer(): return id"),
    "a number elsewhere": ("sum = 0", "def Layer(): return 1"),
    "a parameter": ("def Layer(sum): return sum(1)", "sum = 5"),
    "an import elsewhere": ("try:\n    import cupy as xp\nexcept ImportError:\n    import math as xp",
                            "def Layer(): return xp.pi"),
}  # fmt: skip


@pytest.mark.parametrize("cells", SHOWN.values(), ids=SHOWN.keys())
def test_what_hides_nothing_is_left_alone(cells: tuple[str, str]) -> None:
    assert notes(extracted(*cells)) == []


def test_code_that_was_put_between_quotes_is_named() -> None:
    [note] = notes(extracted('x = 1\n"""\ndef Layer(x):\n    return x\n"""'))
    assert note == "Cell 1, line 2: the definition stands between quotes, inside of a string"
    assert notes(extracted('"""\ndef Layer(x): ...\n"""\ndef Layer(x): return x')) == []


WORDS = {
    "return": ("def Layer(x):\n    rеturn x", "on line 2 letter 2 of rеturn is the Cyrillic “е”, not the Latin “e”"),
    "class": ("сlass Layer:\n    pass", "on line 1 letter 1 of сlass is the Cyrillic “с”, not the Latin “c”"),
}


@pytest.mark.parametrize(("cell", "words"), WORDS.values(), ids=WORDS.keys())
def test_a_russian_letter_in_a_word_of_python_is_named(cell: str, words: str) -> None:
    module = extracted(cell)
    [note] = notes(module)
    assert words in note
    assert module.unread["Layer"].message("en") == note


def test_russian_words_in_texts_and_comments_are_no_misspelling() -> None:
    [note] = notes(extracted("print('о нет' # о нет\nLayer = = 5"))
    assert "Cyrillic" not in note


LETTERS = {
    "class": ("class Lаyer: pass", "letter 2 of Lаyer is the Cyrillic “а”, not the Latin “a”"),
    "method": ("class Layer:\n    def fоrward(self): pass", "letter 2 of fоrward is the Cyrillic “о”"),
    "parameter": ("def Layer(аlpha): pass", "letter 1 of аlpha is the Cyrillic “а”"),
    "keyword": ("def Layer(): return dict(sсale=1)", "letter 2 of sсale is the Cyrillic “с”"),
    "a whole name": ("с = 1\nc = 2\ndef Layer(): return с + c", "letter 1 of с is the Cyrillic “с”"),
}


@pytest.mark.parametrize(("cell", "words"), LETTERS.values(), ids=LETTERS.keys())
def test_a_letter_that_looks_like_another_is_named(cell: str, words: str) -> None:
    assert words in "\n".join(notes(extracted(cell)))


@pytest.mark.parametrize("cell", ["слой = 1\ndef Layer(): return слой", "def Layer(х): return х", "Layer = 'Lаyer'"])
def test_russian_names_are_no_mistake(cell: str) -> None:
    assert notes(extracted(cell)) == []


def test_a_later_attempt_that_was_skipped_is_known() -> None:
    module = extracted("class Layer: pass", "class Layer:\n    def f(self)\n        pass")
    assert module.missing == ()
    assert module.unread["Layer"].message("en").startswith("Cell 2 was skipped")
    assert extracted("class Layer:\n    def f(self)\n", "class Layer: pass").unread == {}


SIGNS = {
    "quotes of a text": ("def Layer(): return “a”", 'on line 1 stands “ (U+201C), and code has " in its place'),
    "a minus": ("def Layer(x):\n    return x − 1", "on line 2 stands − (U+2212), and code has - in its place"),
    "a wide bracket": ("def Layer（x): return x", "stands （ (U+FF08), and code has ( in its place"),
    "a fence": ("```python\ndef Layer(): return 1\n```", "``` on line 1 is markup of texts"),
}


@pytest.mark.parametrize(("cell", "words"), SIGNS.values(), ids=SIGNS.keys())
def test_what_texts_have_and_code_has_not_is_named(cell: str, words: str) -> None:
    assert words in extracted(cell).unread["Layer"].message("en")


def test_a_name_is_missed_that_stands_there_with_another_letter() -> None:
    module = extracted("с = 0.5\ndef Layer(x): return x * c")
    assert "letter 1 of с is the Cyrillic" in module.behind["c"].message("en")


def test_letters_that_changed_places_are_a_typo() -> None:
    assert "but Lyaer is: a typo?" in extracted("class Lyaer: pass").elsewhere["Layer"].message("en")


def test_a_notebook_of_another_language_is_told() -> None:
    for metadata in ({"kernelspec": {"language": "julia"}}, {"language_info": {"name": "julia"}}):
        document = {"nbformat": 4, "metadata": metadata, "cells": [{"cell_type": "code", "source": "f(x) = x / 2"}]}
        module = extract(read_submission("work.ipynb", json.dumps(document).encode()), ["Layer"])
        assert "saved for julia" in module.elsewhere["Layer"].message("en")
    python = {**document, "metadata": {"language_info": {"name": "python"}, "kernelspec": {"language": "xpython"}}}
    assert not extract(read_submission("work.ipynb", json.dumps(python).encode()), ["Layer"]).elsewhere


def test_what_is_given_to_a_library_is_named() -> None:
    cells = "import math\ndef half(x): return x / 2", "math.half = half", "def Layer(x): return math.half(x)"
    [note] = notes(extracted(*cells))
    assert note == "math is changed by “math.half = half” (cell 2, line 1); that code is not run when grading"
    assert not notes(extracted("import torch", "torch.backends.cudnn.benchmark = True", "class Layer(torch.T): pass"))


def test_merge_marks_are_named() -> None:
    cell = "<<<<<<< local\nLayer = 1\n=======\nLayer = 2\n>>>>>>> remote"
    assert "git merge markers" in notes(extracted(cell))[0]
    [note] = extract(read_submission("work.py", cell.encode()), ("Layer",)).warnings
    assert note.message("en").startswith("work.py:1: the file still has git merge markers")


NEW = {
    "quotes in braces": 'def Layer(d): return f"{d["x"]}"',
    "a joined text": 'def Layer(d): return f"{", ".join(d)}"',
    "a backslash": "def Layer(d): return f\"{'\\n'.join(d)}\"",
    "type parameters": "def Layer[T](x: T) -> T: return x",
    "a type statement": "type Layer = int",
}


@pytest.mark.parametrize("cell", NEW.values(), ids=NEW.keys())
def test_syntax_of_a_newer_python_is_told_from_a_mistake(cell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kafedra.notebooks.extraction.syntax._HERE", (3, 11))
    found = notes(extracted(cell))
    if not found:
        pytest.skip("this Python reads it")
    assert "has syntax of Python 3.12; grading runs on Python 3.11" in found[0]
    source = notebook(cell, language_info={"version": "3.12.4"})
    [note] = extract(read_submission("w.ipynb", source), ("Layer",)).warnings
    assert "The notebook was saved by Python 3.12; grading runs on Python 3.11" in note.message("en")


@pytest.mark.parametrize("cell", ['print(f"{x"', 'Layer = f"{x', "def Layer(x)\n    return x"])
def test_a_mistake_is_no_newer_syntax(cell: str) -> None:
    assert "syntax of Python" not in notes(extracted(cell))[0]


def test_an_invisible_character_is_named_and_removed() -> None:
    module = extracted("x = 'a\u200bb'\n\u200bLayer = x\u00a0+ 'c'")
    assert module.text == "x = 'a\u200bb'\nLayer = x + 'c'\n"
    assert notes(module) == [
        "Cell 1, line 2: there is an invisible character here, U+200B ZERO WIDTH SPACE; it was removed for grading"
    ]


def test_a_marimo_file_is_told_how_to_become_a_notebook() -> None:
    text = b"import marimo\n\napp = marimo.App()\n\n@app.cell\ndef __():\n    Layer = 1\n"
    with pytest.raises(UnusableSubmission) as caught:
        read_submission("work.py", text)
    assert "marimo export ipynb work.py" in caught.value.message("ru")


def test_brackets_in_printed_lists_are_no_structure() -> None:
    outputs = [{"output_type": "stream", "text": "[[1], [2]], " * 600_000}]
    cells = [{"cell_type": "code", "source": "Layer = 1", "outputs": outputs}]
    assert extract(read_submission("w.ipynb", json.dumps({"cells": cells}).encode()), ("Layer",)).missing == ()


def test_numbers_of_an_interactive_plot_are_read_and_millions_more_are_not() -> None:
    text = b'{"cells": [{"cell_type": "code", "source": "Layer = 1"}], "metadata": {"x": [%s0]}}'
    assert read_submission("w.ipynb", text % (b"0.5," * 400_000)).cells
    with pytest.raises(UnusableSubmission) as caught:
        read_submission("w.ipynb", text % (b"1," * 4_100_000))
    assert caught.value.code == "too-complex"


@pytest.mark.parametrize("tail", [b'"', b"", b"\\", b'\\"'])
def test_strings_without_an_end_cost_no_time(tail: bytes) -> None:
    with pytest.raises(UnusableSubmission):
        read_submission("w.ipynb", b"[" * 2_100_000 + b'"' + b'\\"' * 2_000_000 + tail)


DONE, STUB = "class Layer:\n    a = 1", "class Layer:\n    def f(self):\n        raise NotImplementedError"
INVITATION = ("markdown", "*Ваш ответ здесь*")


def test_questions_without_an_answer_are_named() -> None:
    [note] = with_texts(
        ("markdown", "# Слой"), INVITATION, ("code", DONE), ("markdown", "*Your answer here*\n")
    ).warnings
    assert note.message("ru").startswith("Вопросы остались без ответа, номера ячеек: 2, 4.")
    assert note.message("en").startswith("Questions are left without an answer, in the cells 2, 4.")


@pytest.mark.parametrize(
    "cells",
    [
        [INVITATION, ("code", STUB)],
        [INVITATION, ("code", "x = 1")],
        [("markdown", "*Ваш ответ здесь*: потому что"), ("code", DONE)],
        [("code", "Layer = '*Ваш ответ здесь*'")],
    ],
    ids=["not done yet", "not begun", "answered", "no text"],
)
def test_questions_are_not_asked_for_before_their_time(cells: list[tuple[str, str]]) -> None:
    assert [note for note in with_texts(*cells).warnings if note.code == "unanswered"] == []


def test_questions_are_asked_for_while_a_task_is_left_open() -> None:
    other = DONE.replace("Layer", "Other")
    for cells in ([("code", STUB), ("code", other)], [("code", other)]):
        module = with_texts(INVITATION, *cells, required=("Layer", "Other"))
        assert [note.code for note in module.warnings if note.code.startswith("unanswered")] == ["unanswered"]


ASKING = "![Кривые](attachment:one.png)\n\n**Вопросы.** Ответьте ниже.\n\n1. Почему?"
STATEMENT = ("# **Вопросы.** Ответьте ниже.", "# 1. Почему?", "# ## Дальше")


@pytest.mark.parametrize(
    ("cells", "gone"),
    [
        ([("markdown", ASKING)], True),
        ([("markdown", ASKING), ("markdown", "## Дальше\n\nГотово?"), ("markdown", "Моё.")], True),
        ([("markdown", ASKING), ("markdown", "## 1. Потому что")], False),
        ([("markdown", ASKING), ("code", "y = 1"), ("raw", "Потому что.")], False),
        ([("markdown", ASKING + "\nПотому что."), ("markdown", "## Дальше")], False),
        ([("markdown", ASKING), INVITATION], False),
    ],
    ids=["the last", "before a heading", "a heading of one's own", "raw", "in the question's cell", "still open"],
)
def test_an_answers_cell_that_was_deleted_is_missed(cells: list[tuple[str, str]], gone: bool) -> None:
    module = with_texts(("code", DONE), *cells, statement=STATEMENT)
    assert [note.message("ru") for note in module.warnings if note.code == "unanswered-gone"] == [
        "Вопросы остались без ответа: под ними нет ячейки с ответом, номера ячеек с вопросами: 2. "
        "Проверка ответов не читает, а преподаватель прочтёт"
    ] * gone
