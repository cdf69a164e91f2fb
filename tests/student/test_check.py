"""``kafedra check`` in a clone: the server's words, no sandbox needed, nothing heavy loaded."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest
from tests.student.checking import ASSIGNMENT, GOOD, WRONG, cloned_from, run

from kafedra.course import load_assignment
from kafedra.grading import Grader


def test_all_passed(plain):
    (plain / "halves.py").write_text(GOOD)
    done = run(plain)
    assert done.returncode == 0, done.stderr
    assert "✓ half делит на два." in done.stdout
    assert "0,8 из 0,8" in done.stdout
    assert "Скрытые — на сервере" in done.stdout


def test_a_cell_that_cannot_be_read_is_named_where_its_code_is_missed(plain):
    cells = ["def half(x)\n    return x * 0.5", "def double(x):\n    return x + x", "def halt(x): return x"]
    code = [{"cell_type": "code", "source": cell} for cell in cells]
    (plain / "halves.ipynb").write_text(json.dumps({"nbformat": 4, "cells": code}))
    words = " ".join(run(plain).stdout.split())
    assert (
        "Ячейка 1 пропущена: синтаксическая ошибка в строке 1: expected ':'. В этой ячейке определяется half" in words
    )
    assert "нет такого определения" not in words
    assert "опечатка" not in words
    assert words.count("Ячейка 1") == 1


def test_seconds_have_the_decimal_mark_of_the_language(plain):
    (plain / "halves.py").write_text("def half(x):\n    while True: pass\n\ndef double(x):\n    return x + x\n")
    description = plain / "assignment.toml"
    description.write_text(description.read_text().replace("test_seconds = 1.0", "test_seconds = 0.5"))
    assert "не уложилось в 0,5 с" in run(plain).stdout


def test_a_failure_is_explained_and_exits_with_one(plain):
    (plain / "halves.py").write_text(WRONG)
    done = run(plain)
    assert done.returncode == 1
    assert "похоже: делите не на два" in done.stdout


def test_it_says_what_the_server_says(clone):
    (clone / "halves.py").write_text(WRONG)
    local = json.loads(run(clone, "--json", "--seed", "11").stdout)
    assignment = load_assignment(ASSIGNMENT)
    with Grader(assignment.environment) as grader:
        server = grader.grade(assignment, {"halves.py": WRONG.encode()}, seed=11, public_only=True)
    told = [(test["id"], test["outcome"], test["points"], test["message"]) for test in local["tests"]]
    assert told == [(test.id, test.outcome, float(test.points), test.message) for test in server.tests]
    assert local["output"] == server.output
    assert (local["sandboxed"], server.sandboxed) == (False, True)


def test_it_needs_no_sandbox(plain):
    (plain / "halves.py").write_text(GOOD)
    assert run(plain, more={"PATH": "/nonexistent"}).returncode == 0


@pytest.mark.parametrize(
    ("body", "says"),
    [("import os; os._exit(3)", "код 3"), ("while True: pass", "не уложилось"), ("return [object()]", "object")],
)
def test_bad_endings_end_one_test(plain, body, says):
    (plain / "halves.py").write_text(f"def half(x):\n    {body}\n\ndef double(x):\n    return x + x\n")
    done = run(plain)
    assert done.returncode == 1
    assert says in done.stdout
    assert "✓ double умножает на два." in done.stdout


def test_a_slow_laptop_is_not_slow_code(clone):
    (clone / "halves.py").write_text(GOOD)
    description, tests = clone / "assignment.toml", clone / "tests" / "test_halves.py"
    description.write_text(description.read_text().replace("test_seconds = 1.0", "test_seconds = 2.5"))
    description.write_text(description.read_text().replace("total_seconds = 12.0", "total_seconds = 2.5"))
    busy = (
        "\n\ndef _work_for_seconds():\n    end = time.process_time() + 2.5\n    while time.process_time() < end: pass\n"
    )
    text = tests.read_text().replace("import probes", f"import time\nimport probes{busy}\n_work_for_seconds()\n", 1)
    tests.write_text(text.replace("    x = torch", "    _work_for_seconds()\n    x = torch", 1))
    done = run(clone)
    assert done.returncode == 0, done.stdout + done.stderr


def test_packages_that_are_missing_are_named_with_the_command_that_brings_them(clone):
    (clone / "halves.py").write_text(GOOD)
    description = clone / "assignment.toml"
    description.write_text(description.read_text().replace('["torch"]', '["torch", "no_such_package.data"]'))
    for options, words in (((), "пакеты, которых здесь нет"), (("--lang", "en"), "not installed here")):
        done = run(clone, *options)
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.rstrip().endswith("-m pip install no_such_package")


def test_files_in_the_clone_cannot_replace_libraries(clone):
    (clone / "halves.py").write_text(GOOD)
    (clone / "torch.py").write_text("raise SystemExit('shadowed')")
    (clone / "tests" / "torch.py").write_text("raise SystemExit('shadowed')")
    done = run(clone)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("language", "words"), [("ru", "не клон задания"), ("en", "not the clone of an assignment")])
def test_outside_a_clone_it_says_so(tmp_path, language, words):
    done = run(tmp_path, "--lang", language)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_it_speaks_the_language_of_the_course(plain):
    (plain / "halves.py").write_text(WRONG)
    description = plain / "assignment.toml"
    description.write_text('language = "en"\n' + description.read_text("utf-8"), "utf-8")
    tests = plain / "tests" / "test_halves.py"
    both = (
        "half делит на два.\n\n    Сколько будет пополам?\n\n    en: half divides by two\n\n    What is a half?\n    "
    )
    tests.write_text(tests.read_text("utf-8").replace("half делит на два.", both, 1), "utf-8")
    said = run(plain).stdout
    assert "✗ half divides by two" in said
    assert "What is a half?" in said
    assert "got 7, expected 3.5" in " ".join(said.split())
    said = run(plain, "--lang", "ru").stdout
    assert "✗ half делит на два." in said
    assert "Сколько будет пополам?" in said
    assert "What is a half?" not in said


def test_what_tests_say_is_translated_by_the_file_beside_them(plain):
    (plain / "halves.py").write_text(WRONG)
    tests = plain / "tests" / "test_halves.py"
    text = tests.read_text("utf-8").replace('call="half(7)", why="делите не на два"', "**words(7)")
    (plain / "tests" / "said.py").write_text("def why(n):\n    return f'делите не {n} на два' if n else ''\n")
    more = "from said import why\n\n\ndef words(n):\n    return {'call': f'half от {n:d}', 'why': why(n)}\n\n\n"
    tests.write_text(text.replace("import check\n\n\n", f"import check\n{more}"), "utf-8")
    (plain / "tests" / "en.toml").write_text(
        '[words]\n"half делит на два." = "half divides by two"\n"half от {n:d}" = "{n:d} halved"\n'
        '"делите не {n} на два" = "{n} has to be divided by two"\n',
        "utf-8",
    )
    said = " ".join(run(plain, "--lang", "en").stdout.split())
    assert "✗ half divides by two" in said
    assert "7 halved: got 7, expected 3.5 probably: 7 has to be divided by two" in said
    said = " ".join(run(plain).stdout.split())
    assert "✗ half делит на два." in said
    assert "half от 7: получено 7, ожидалось 3.5 похоже: делите не 7 на два" in said


def test_a_parametrized_test_names_its_case_in_the_words_of_its_author(plain):
    (plain / "halves.py").write_text(WRONG)
    (plain / "tests" / "test_halves.py").write_text(
        "import probes\nimport pytest\nfrom kafedra.testing import check\n\n\n"
        '@pytest.mark.points("0.4")\n'
        '@pytest.mark.parametrize(("name", "factor"), [("half", 0.5), ("double", 2)])\n'
        "def test_factor(submission, name, factor):\n"
        '    """{name}: умножает на {factor}\n\n    Для {name} и {любого} числа.\n    """\n'
        '    check.equal(submission.call(getattr(probes, name), 8), 8 * factor, call=f"{name}(8)")\n'
    )
    said = run(plain, "--all").stdout
    assert "✗ half: умножает на 0.5  " in said
    assert "✓ double: умножает на 2  " in said
    assert "Для half и {любого} числа." in said


@pytest.mark.parametrize(("language", "words"), [("ru", "Что случилось: assignment.toml:"), ("en", "was changed and")])
def test_a_broken_assignment_file_comes_back_by_a_command(plain, language, words):
    (plain / "halves.py").write_text(GOOD)
    (plain / "assignment.toml").write_text("<<<<<<< HEAD\n")
    done = run(plain, "--lang", language)
    assert done.returncode == 2
    assert words in done.stderr
    assert "git checkout $(git rev-list --max-parents=0 HEAD) -- assignment.toml" in done.stderr


@pytest.mark.parametrize(("language", "words"), [("ru", "проверять нечего"), ("en", "nothing to check")])
def test_without_a_notebook_it_says_so(plain, language, words):
    done = run(plain, "--lang", language)
    assert done.returncode == 2
    assert "halves.ipynb" in done.stderr
    assert words in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "Здесь нет probes.py и tests"), ("en", "There is no probes.py and tests here")]
)
def test_what_was_deleted_is_named_with_the_command_that_brings_it_back(plain, language, words):
    (plain / "halves.py").write_text(GOOD)
    git = ["git", "-C", str(plain), "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "Start"], check=True)
    (plain / "probes.py").unlink()
    shutil.rmtree(plain / "tests")
    subprocess.run([*git, "commit", "--quiet", "-a", "-m", "Tidy"], check=True)
    done = run(plain, "--lang", language)
    assert done.returncode == 2
    assert words in done.stderr
    subprocess.run(done.stderr.splitlines()[-1].strip(), shell=True, cwd=plain, check=True)
    assert run(plain).returncode == 0


def test_an_answers_cell_that_was_deleted_is_missed(plain):
    def save(*texts):
        cells = [{"cell_type": "markdown", "source": text} for text in texts]
        code = [{"cell_type": "code", "source": GOOD}]
        (plain / "halves.ipynb").write_text(json.dumps({"nbformat": 4, "cells": code + cells}))

    question, answer, heading = "**Вопросы.** Ответьте ниже.\n\n1. Почему?", "*Ваш ответ здесь*", "## Готово?"
    save(question, answer, heading)
    git = ["git", "-C", str(plain), "-c", "user.name=a", "-c", "user.email=a@b"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "Start"]):
        subprocess.run([*git, *command], check=True)
    save(question, heading)
    assert "нет ячейки с ответом, номера ячеек с вопросами: 2." in " ".join(run(plain).stdout.split())
    save(question + "\nПотому.", heading)
    assert "без ответа" not in run(plain).stdout


@pytest.mark.parametrize("broken", ["probes.py", "tests/test_halves.py"])
def test_what_was_broken_is_named_without_a_traceback(plain, broken):
    (plain / "halves.py").write_text(GOOD)
    (plain / broken).write_text("def f(:")
    done = run(plain)
    assert done.returncode == 3
    assert "верните их" in done.stderr
    assert "invalid syntax" in done.stderr
    assert "Traceback" not in done.stderr


def test_of_what_cannot_be_read_nobody_is_told_to_push_it(plain):
    (plain / "halves.ipynb").write_text("{")
    done = run(plain)
    assert done.returncode == 1
    assert done.stdout.count("не JSON") == 1
    assert "git push" not in done.stdout
    assert "--seed" not in done.stdout


def test_the_command_line_starts_without_anything_heavy():
    heavy = ("torch", "django", "numpy", "jupytext")
    code = f"import sys, kafedra.cli.check; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=200)
    assert done.stdout.strip() == "[]"


# Loaded by every Python that starts with it on its path: what a Python on Windows doesn't have is not there.
LIKE_WINDOWS = """
import os, signal, subprocess, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "grp", "pwd", "resource", "termios"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

subprocess.Popen.kill = lambda self: os.kill(self.pid, 9)  # it has a way of its own there
for module in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules.pop(module, None)
sys.meta_path.insert(0, Missing())
for name in ("fork", "geteuid", "getuid", "pidfd_open", "sched_getaffinity", "setsid"):
    delattr(os, name)
there = {"SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM"}
for name in [name for name in dir(signal) if name.startswith("SIG") and name.isupper()] + ["alarm", "setitimer"]:
    if name not in there and "_" not in name:
        delattr(signal, name)
"""


def test_nothing_that_windows_lacks_is_asked_for(plain, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(LIKE_WINDOWS)
    (plain / "halves.py").write_text(GOOD)
    done = run(plain, more={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert "✓ half делит на два." in done.stdout


def test_it_prints_what_the_code_printed_and_of_much_of_it_the_end(plain):
    (plain / "halves.py").write_text("def half(x):\n    print('\\n'.join(map(str, range(40))))\n    return x\n")
    shown = run(plain).stdout
    assert "Что напечатал ваш код:" in shown
    assert "    39\n" in shown
    assert "    1\n" not in shown
    assert "kafedra check --all" in shown
    assert "    1\n" in run(plain, "--all").stdout


def test_the_work_in_another_file_is_named(plain):
    blank = {
        "cell_type": "code",
        "source": "def half(x):\n    raise NotImplementedError\n\ndef double(x): return x + x",
    }
    (plain / "halves.ipynb").write_text(json.dumps({"nbformat": 4, "cells": [blank]}))
    (plain / "notes.py").write_text("x = 1\n")
    (plain / "halves.py").write_text(GOOD)
    words = " ".join(run(plain).stdout.split())
    assert "Проверяется только halves.ipynb, а код есть и здесь: halves.py." in words
    (plain / "halves.py").unlink()
    (plain / "hw1").mkdir()
    (plain / "halves.ipynb").rename(plain / "hw1" / "halves.ipynb")
    (plain / "notes.py").unlink()
    done = run(plain)
    assert done.returncode == 2
    assert "Есть hw1/halves.ipynb" in done.stderr


@pytest.fixture
def telltale(plain):
    """A clone whose code leaves a file when it runs."""
    ran = plain.parent / "ran"
    (plain / "halves.py").write_text(f"from pathlib import Path\nPath({str(ran)!r}).touch()\n{GOOD}")
    (plain / "halves.py").write_text(f"def half(x):\n    open({str(ran)!r}, 'w')\n    return x * 0.5\n")
    return plain, ran


def test_somebody_elses_work_does_not_run_unasked(telltale):
    clone, ran = telltale
    cloned_from(clone, "http://assistant:secret@127.0.0.1:9/git/2023/halves/anna.git")
    done = run(clone, more={"LANG": "C"})
    assert done.returncode == 2
    assert "anna" in done.stderr
    assert "kafedra grade halves " in done.stderr
    assert "secret" not in done.stderr
    assert not ran.exists()
    run(clone, "--trust")
    assert ran.exists()


@pytest.mark.parametrize("address", ["http://anna@127.0.0.1:9/git/2023/halves/anna.git", "http://127.0.0.1:9/any.git"])
def test_ones_own_work_runs_as_ever(telltale, address):
    clone, ran = telltale
    cloned_from(clone, address)
    run(clone)
    assert ran.exists()
