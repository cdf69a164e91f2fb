"""Any formula of the grammar: exact, within its range and its cap, monotone where it says so; and mistakes named."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.policy import AssignmentTerms, Formula, Scheme, SchemeError
from kafedra.policy.scheme import Automat, Letter, Marked, Requirement

WORKS = [
    AssignmentTerms("weight-init", Decimal(1), False, None),
    AssignmentTerms("cv", Decimal(4), False, None),
    AssignmentTerms("nlp", Decimal(3), False, None),
    AssignmentTerms("extra", Decimal(2), True, None),
]
EXAM = Marked("exam")

numbers = st.sampled_from(["0", "1", "0.3", "2.5", "10/3", "-1"])
names = st.sampled_from(["weight-init", "cv", "nlp", "extra", "exam", "sum(all)", "max(homework)", "sum(best(2, all))"])
grown = st.recursive(
    numbers | names,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-"]), inner).map(lambda it: f"({it[0]} {it[1]} {it[2]})"),
        st.tuples(numbers, inner).map(lambda it: f"({it[0]} * {it[1]})"),
        st.tuples(st.sampled_from(["min", "max", "mean"]), inner, inner).map(lambda it: f"{it[0]}({it[1]}, {it[2]})"),
        inner.map(lambda it: f"round({it}, 1)"),
    ),
    max_leaves=8,
)
points = st.fixed_dictionaries(
    {one.slug: st.integers(0, 20).map(lambda n, most=one.max_points: most * n / 20) for one in WORKS}
)
marks = st.fixed_dictionaries({"exam": st.integers(0, 20).map(lambda n: Decimal(n) / 2)})


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """With and without an automat, a requirement, another cap."""
    automat = draw(st.none() | st.builds(Automat, st.just("sum(all) >= 5"), grown))
    required = draw(st.sampled_from([(), (Requirement("exam >= 4", Decimal(3)),)]))
    cap = Decimal(draw(st.integers(1, 20)))
    try:
        return Scheme(Formula(draw(grown), marks=(EXAM,), automat=automat, required=required, cap=cap), WORKS)
    except SchemeError:  # points times points: not every text of the grammar means something
        return Scheme(Formula("exam", marks=(EXAM,), cap=cap), WORKS)


@given(schemes(), points, marks)
def test_a_grade_is_exact_and_never_beyond_its_cap(scheme: Scheme, earned: dict, mark: dict) -> None:  # type: ignore[type-arg]  # by name
    grade = scheme.grade(earned, mark)
    assert isinstance(grade.total, Fraction)
    assert 0 <= grade.total <= scheme.formula.cap
    assert grade.record is not None
    assert abs(grade.record - grade.total) <= Fraction(1, 2)
    assert grade.computed is not None
    assert grade.computed <= max(scheme.reach, 0)


@given(schemes(), points, marks, st.sampled_from([one.slug for one in WORKS] + ["exam"]), st.integers(1, 20))
def test_more_never_hurts_where_the_scheme_says_so(
    scheme: Scheme, earned: dict, mark: dict, what: str, more: int  # type: ignore[type-arg]  # by name
) -> None:  # fmt: skip
    most = {one.slug: one.max_points for one in WORKS} | {"exam": Decimal(10)}
    now = {**earned, **mark}
    after = {**now, what: min(most[what], now[what] + Decimal(more) / 4)}
    before_total, after_total = (
        scheme.grade({slug: values[slug] for slug in earned}, {"exam": values["exam"]}).total for values in (now, after)
    )
    assert before_total is not None
    assert after_total is not None
    if scheme.monotone:
        assert after_total >= before_total


@given(schemes(), points, marks)
def test_zeroing_and_taking_it_back_changes_nothing(scheme: Scheme, earned: dict, mark: dict) -> None:  # type: ignore[type-arg]  # by name
    before = scheme.grade(earned, mark)
    zeroed = scheme.grade(earned, mark, zeroed=True)
    assert (zeroed.homework, zeroed.automat) == (0, False)
    assert scheme.grade(earned, mark) == before


def test_what_can_fall_is_not_called_monotone() -> None:
    assert Scheme(Formula("cv + nlp"), WORKS).monotone
    assert not Scheme(Formula("cv - nlp"), WORKS).monotone
    assert not Scheme(Formula("10 / (1 + cv)"), WORKS).monotone
    assert Scheme(Formula("exam", marks=(EXAM,), required=(Requirement("cv >= 2", Decimal(3)),)), WORKS).monotone
    assert not Scheme(Formula("exam", marks=(EXAM,), required=(Requirement("2 >= cv", Decimal(3)),)), WORKS).monotone


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0,7 * cv", "column 2: decimals are written with a point"),
        ("cv + exm", "column 6: unknown name 'exm' — did you mean 'exam'?"),
        ("1 / exam", "column 3: division by zero: what stands below goes from 0 to 10"),
        ("1 / (cv - cv)", "division by zero"),
        ("1 / 0", "division by zero: what stands below is 0"),
        ("cv +", "the formula ends too early"),
        ("((cv)", "column 1: this bracket is not closed by ')'"),
        ("cv)", "')' can't stand here"),
        ("cv nlp", "column 4: 'nlp' can't stand here"),
        ("2cv", "a sign is missing after 2"),
        ("cv * exam", "points times points mean nothing"),
        ("cv + blitz_1", "points and per cent don't go together"),
        ("cv < 3", "only >= and > compare"),
        ("cv >= 3", "must be a number, this is a condition"),
        ("homework", "must be one number, this is a list: sum(homework)"),
        ("cv-nlp", "a minus stands between spaces: cv - nlp"),
        ("best(9, homework)", "must be a whole number from 1 to 3"),
        ("drop(cv, homework)", "must be a whole number from 0 to 2"),
        ("median(homework)", "unknown function 'median' — there are: sum, mean"),
        ("sum", "'sum' is a function"),
        ("__import__('os')", "''' has no meaning here"),
        ("cv\n+\n  exm", "line 3, column 3: unknown name 'exm'"),
        ("cv \x00", "the character U+0000 has no meaning here"),
        ("", "is empty"),
        ("cv + " * 100_000 + "cv", "4000 are the most"),
        ("(" * 150 + "cv" + ")" * 150, "brackets are nested more than 40 deep"),
        ("+".join(["cv"] * 900), "400 are the most"),
        ("9" * 100, "the number has 100 digits"),
        ("blitz_1", "is per cent: scale(…, 10) makes points of it"),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, said: str) -> None:
    with pytest.raises(SchemeError) as caught:
        Scheme(Formula(text, marks=(EXAM,)), WORKS, topics=[1])
    assert len(caught.value.troubles) == 1
    assert said in caught.value.troubles[0].explanation


def test_parts_that_need_each_other_are_a_circle() -> None:
    parts = (("a", "b + 1"), ("b", "2 * c"), ("c", "a"), ("d", "c + unknown"))
    with pytest.raises(SchemeError, match=r"parts.c: column 1: goes round in a circle: a needs b needs c needs a"):
        Scheme(Formula("d", parts=parts), WORKS)


def test_all_mistakes_come_at_once() -> None:
    formula = Formula("x", parts=(("sum", "1"), ("p", "y")), automat=Automat("z >= 1", "1 +"))
    with pytest.raises(SchemeError) as caught:
        Scheme(formula, WORKS)
    assert [".".join(map(str, one.key)) for one in caught.value.troubles] == [
        "parts.sum", "parts.p", "total", "automat.when", "automat.total",
    ]  # fmt: skip


def test_what_is_not_marked_makes_unknown_what_needs_it_and_nothing_else() -> None:
    formula = Formula(
        "0.5 * scale(sum(homework), 10) + 0.3 * exam + 0.2 * oral",
        parts=(("theory", "exam + 1"), ("practice", "sum(homework)")),
        marks=(EXAM, Marked("oral", unmarked=Decimal(0))),
        letters=(Letter(Decimal(8), "A"), Letter(Decimal(0), "F")),
    )
    scheme = Scheme(formula, WORKS)
    grade = scheme.grade({"cv": Decimal(4)}, {})
    assert (grade.components["theory"], grade.components["practice"], grade.components["oral"]) == (None, 4, 0)
    assert (grade.total, grade.record, grade.letter) == (None, None, None)
    done = scheme.grade({"cv": Decimal(4)}, {"exam": Decimal(5)})
    assert (done.total, done.record, done.letter) == (4, 4, "F")
