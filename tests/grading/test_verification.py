"""The proof of an assignment finds what is wrong with its solutions, its mutants and its tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kafedra.course import load_assignment
from kafedra.grading import prohibition
from kafedra.grading.holding import Statement
from kafedra.grading.judge.forbidden import forbidden_names
from kafedra.grading.verification import Kind, verify, work_count

GOOD = "def half(x):\n    return x * 0.5\n\n\ndef double(x):\n    return x + x\n"
SLOW = "import time\n\n\n" + GOOD.replace("    return x", "    time.sleep(0.9)\n    return x")
NOTEBOOK = """# %% [markdown]
# **Task.** `half(x)` is half of it. <!-- test_half -->
#
# `double(x)` is twice as much, of a number without axes too. <!-- test_double, test_scalar -->

# %% tags=["solution"]
def half(x):
    # BEGIN SOLUTION
    return x * 0.5
    # END SOLUTION


def double(x):
    # BEGIN SOLUTION
    return 2 * x
    # END SOLUTION
"""
HEADER = "# what: it is wrong\n# caught_by: {caught_by}\n# phrase: {phrase}\n\n"


@pytest.fixture
def proven(tmp_path, assignment, grader):
    """``proven({"solutions/a.py": "…"})``: the findings on the small assignment with these files, by name."""

    def run(changes: dict[str, str], **options):
        root = tmp_path / "halves"
        shutil.copytree(assignment.root, root, ignore=shutil.ignore_patterns("__pycache__"))
        for name, text in {"notebook.py": NOTEBOOK, **changes}.items():
            path: Path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return verify(load_assignment(root), graders=[grader], seeds=2, **options)

    return run


def problem(verification, name: str) -> str:
    [found] = [finding.problem for finding in verification.findings if finding.name == name]
    return found


def mutant(code: str, caught_by: str = "test_half", phrase: str = "half(x)") -> str:
    return HEADER.format(caught_by=caught_by, phrase=phrase) + code


def test_a_good_assignment_is_proven(proven) -> None:
    changes = {"solutions/one.py": GOOD, "solutions/two.py": GOOD.replace("x + x", "x * 2")}
    changes |= {
        f"mutants/m{number}.py": mutant(GOOD.replace("0.5", f"0.{number}"), "test_half, test_scalar")
        for number in (*range(5), *range(6, 10))
    }
    changes["mutants/once.py"] = mutant(GOOD.replace("x + x", "x"), "test_double", "double(x)")
    heard = []
    verification = proven(changes, on_finding=heard.append)
    assert [finding.problem for finding in verification.findings] == [""] * 16
    assert verification.proven
    assert len(heard) == work_count(verification.assignment) == 16
    points = {finding.kind: finding.points for finding in verification.findings}
    assert points[Kind.SOLUTION] == points[Kind.NOTEBOOK] == 1
    assert points[Kind.BLANK] == 0
    assert points[Kind.MUTANT] is None, "only the tests that must catch it are run"
    caught = {finding.caught_by for finding in verification.findings if finding.kind is Kind.MUTANT}
    assert caught == {("test_half", "test_scalar"), ("test_double",)}
    assert {finding.kind: finding.runs for finding in verification.findings}[Kind.SOLUTION] == 2
    assert 0 < verification.seconds < 2


def test_too_few_solutions_and_mutants_prove_little(proven) -> None:
    verification = proven({"solutions/one.py": GOOD})
    assert not verification.proven
    assert [gap.partition(":")[0] for gap in verification.gaps] == ["solutions/", "mutants/"]


def test_a_solution_that_loses_points_or_time_is_found(proven, assignment) -> None:
    tight = (assignment.root / "assignment.toml").read_text("utf-8").replace("total_seconds = 12", "total_seconds = 4")
    changes = {"solutions/wrong.py": GOOD.replace("0.5", "0.4"), "solutions/slow.py": SLOW}
    verification = proven({"assignment.toml": tight, **changes})
    assert "seed 0: test_halves.py::test_half failed: half(x)" in problem(verification, "wrong")
    assert "took" in problem(verification, "slow")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (mutant(GOOD), "alive: not caught by test_half"),
        (mutant(GOOD.replace("x + x", "x")), "only by test_halves.py::test_double"),
        (mutant(GOOD.replace("0.5", "0.4"), caught_by="test_half, test_double"), "alive: not caught by test_double,"),
        (mutant(GOOD.replace("0.5", "0.4"), phrase="такого нет"), "lacks 'такого нет'"),
        (mutant(GOOD.replace("0.5", "0.4"), caught_by="test_third"), "there is no such test"),
        (GOOD.replace("0.5", "0.4"), "caught_by"),
    ],
)
def test_a_mutant_that_is_not_caught_as_it_says_is_found(proven, text: str, says: str) -> None:
    assert says in problem(proven({"mutants/mutant.py": text}), "mutant")


def test_a_notebook_that_does_not_run_from_top_to_bottom_is_found(proven) -> None:
    notebook = f"{NOTEBOOK}\n# %%\nassert double(half(2)) == 2\n\n# %%\nprint(half(undefined))\n"
    [run] = [f for f in proven({"notebook.py": notebook}).findings if f.kind is Kind.REHEARSAL]
    assert "cell 4: NameError: name 'undefined' is not defined" in run.problem


def test_a_figure_that_the_notebook_does_not_give_is_found(proven) -> None:
    said = "#\n# A half of 20 % is 10 %. <!-- = [half(20), half(0.2), given(20)] == [10, 0.1, True] -->\n"
    more = "#\n# Of 0.3 it is 0.2. <!-- = half(0.3) == 0.2 -->\n"
    unheld = "#\n# About 30 % forget it.\n"
    notebook = NOTEBOOK.replace("\n\n# %% tags", f"\n{said}{more}{unheld}\n# %% tags", 1)
    verification = proven({"notebook.py": notebook})
    [run] = [f for f in verification.findings if f.kind is Kind.REHEARSAL]
    assert "notebook.py:8: «Of 0.3 it is 0.2.»: half(0.3) == 0.2 is false, half(0.3) is 0.15" in run.problem
    assert "notebook.py:6" not in run.problem
    assert any("notebook.py:10: nothing holds «About 30»" in gap for gap in verification.gaps)


def test_points_for_the_blank_version_are_found(proven) -> None:
    notebook = NOTEBOOK.replace("    return 2 * x\n", "    # STUB: return x + x\n    return 2 * x\n")
    [blank] = [f for f in proven({"notebook.py": notebook}).findings if f.kind is Kind.BLANK]
    assert "test_double gives 0.3 points for nothing" in blank.problem


def test_a_student_version_that_cannot_be_built_is_a_finding(proven) -> None:
    verification = proven({"notebook.py": NOTEBOOK.replace("# END SOLUTION", "")})
    built = [f for f in verification.findings if f.kind is not Kind.FORBIDDEN]
    assert all("without END SOLUTION" in f.problem for f in built)


def test_broken_tests_are_a_finding(proven, assignment) -> None:
    tests = (assignment.tests_dir / "test_halves.py").read_text("utf-8").replace("torch.randn(3", "torch.nosuch(3")
    verification = proven({"tests/test_halves.py": tests, "solutions/one.py": GOOD})
    assert "nosuch" in problem(verification, "one")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (" <!-- test_half -->", "", "«Task. `half(x)` is half of it.»: nobody holds it"),
        ("<!-- test_double, test_scalar -->", "<!-- review -->", "tests/test_halves.py: test_double holds no sentence"),
        ("<!-- test_half -->", "<!-- test_half, test_third -->", "names test_third, and there is no such test"),
        (NOTEBOOK.partition("# %% tags")[0], "", "no sentence says which tests hold it"),
    ],
)
def test_a_rule_without_a_test_and_a_test_without_a_rule_are_found(assignment, tmp_path, old, new, says) -> None:
    root = tmp_path / "halves"
    shutil.copytree(assignment.root, root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "notebook.py").write_text(NOTEBOOK.replace(old, new), "utf-8")
    assert says in "\n".join(Statement(load_assignment(root)).problems())


def test_a_sentence_counts_the_mutants_that_break_its_tests_and_a_test_needs_one(assignment, tmp_path) -> None:
    root = tmp_path / "halves"
    shutil.copytree(assignment.root, root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "notebook.py").write_text(NOTEBOOK, "utf-8")
    (root / "mutants").mkdir(exist_ok=True)
    for number, tests in enumerate(("test_half", "test_half", "test_half, test_scalar")):
        (root / "mutants" / f"m{number}.py").write_text(mutant(GOOD, tests), "utf-8")
    statement = Statement(load_assignment(root))
    assert [*statement.problems()] == [
        "tests/test_halves.py: no mutant breaks test_double: write one and name the test in its caught_by"
    ]
    assert [(one.rule.tests, one.mutants) for one in statement.held] == [
        (("test_half",), 3),
        (("test_double", "test_scalar"), 1),
    ]


def test_every_forbidden_api_is_tried_out(proven) -> None:
    [found] = [finding for finding in proven({}).findings if finding.kind is Kind.FORBIDDEN]
    assert (found.problem, found.runs) == ("", 2)


@pytest.mark.parametrize("half", ["student['ha' + 'lf'](x)", "x / 2"], ids=["takes the name unseen", "takes nothing"])
def test_a_probe_to_which_a_ban_does_not_reach_is_found(proven, half) -> None:
    probes = (
        f"def half(student, x):\n    return {half}\n\n\ndef apply(student, name, x):\n    return student[name](x)\n"
    )
    [found] = [finding for finding in proven({"probes.py": probes}).findings if finding.kind is Kind.FORBIDDEN]
    assert "test_half" in found.problem
    assert "though every required name spells torch.div" in found.problem


def test_a_probe_that_takes_any_exception_for_the_right_one_is_found(proven) -> None:
    probes = """
def half(student, x):
    try:
        return student.half(x)
    except Exception:
        return x / 2


def apply(student, name, x):
    return student[name](x)
"""
    [found] = [finding for finding in proven({"probes.py": probes}).findings if finding.kind is Kind.FORBIDDEN]
    assert "test_half passes, though every required name does nothing but call what is forbidden" in found.problem


def test_an_api_that_can_be_called_is_found(proven, monkeypatch) -> None:
    monkeypatch.setattr(prohibition, "forbidden_names", lambda bans: {**forbidden_names(bans), "math.sqrt": ""})
    [found] = [finding for finding in proven({}).findings if finding.kind is Kind.FORBIDDEN]
    assert "test_half" in found.problem
    assert "math.sqrt is forbidden, and was not refused when it was called" in found.problem


def test_a_probe_that_takes_a_name_unseen_is_found(proven) -> None:
    probes = """
def half(student, x):
    return student["".join(["ha", "lf"])](x)


def apply(student, name, x):
    return student[name](x)
"""
    verification = proven({"probes.py": probes, "solutions/one.py": GOOD})
    assert "a remark about correct work" in problem(verification, "one")
    assert "half" in problem(verification, "one")


def test_what_a_probe_took_before_it_raised_is_not_the_next_ones(proven, assignment) -> None:
    tests = (assignment.tests_dir / "test_halves.py").read_text("utf-8")
    raising = """
    with pytest.raises(SubmissionError):
        submission.call(probes.half, "text")
    x = torch.randn(2, 3, generator=rng)
"""
    tests = tests.replace("\n    x = torch.randn(2, 3, generator=rng)\n", raising)
    tests = tests.replace("import torch\n", "import torch\n\nfrom kafedra.testing.failures import SubmissionError\n")
    assert raising in tests
    verification = proven({"tests/test_halves.py": tests, "solutions/one.py": GOOD, "solutions/two.py": GOOD})
    assert problem(verification, "one") == ""


def test_a_name_beside_much_else_is_seen(proven, assignment) -> None:
    probes = """
def half(student, x):
    return student.half(x)


def apply(student, name, x, others=()):
    return student[name](x)
"""
    tests = (assignment.tests_dir / "test_halves.py").read_text("utf-8")
    crowded = '(probes.apply, "double", x, [str(number) for number in range(30_000)])'
    tests = tests.replace('(probes.apply, "double", x)', crowded)
    assert crowded in tests
    changes = {"probes.py": probes, "tests/test_halves.py": tests, "solutions/one.py": GOOD, "solutions/two.py": GOOD}
    assert problem(proven(changes), "one") == ""
