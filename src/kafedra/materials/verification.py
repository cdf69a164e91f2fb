"""The proof of a topic: what its seminar promises comes out, on every seed, and every blank teaches.

- The solved notebook runs top to bottom, without a warning, within its processor time.
- The student's notebook runs up to each blank, and there its check fails with a message, and nothing else does.
- Each figure of ``topic.toml`` lies in its range on every seed; the code of each question prints what it says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from kafedra.course.topics import TopicMaterials
from kafedra.materials.execution import CellFailed, Executed, Kernel, error_of, execute
from kafedra.materials.pictures import draw_pictures
from kafedra.materials.seminars import Blank, Seminar, code_of, read_seminar
from kafedra.materials.store import Store
from kafedra.notebooks.percent import BuildError

Kind = Literal["runs", "warning", "budget", "blank", "figure", "question", "pictures"]

_SHORTEST_MESSAGE: Final = 25  # "assert ok, 'wrong'" teaches nobody


@dataclass(frozen=True)
class TopicFinding:
    """One thing that was looked at. ``problem`` is empty if it is as it should be."""

    kind: Kind
    name: str
    problem: str = ""
    seed: int | None = None

    @property
    def proven(self) -> bool:
        return not self.problem


@dataclass(frozen=True)
class TopicProof:
    """Everything that was found of one topic. ``figures`` has the value for each seed, in their order."""

    topic: str
    seeds: int
    seconds: float
    budget: float
    findings: tuple[TopicFinding, ...]
    figures: Mapping[str, tuple[float, ...]]

    @property
    def proven(self) -> bool:
        return all(finding.proven for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Plain data for other programs."""
        return {
            "topic": self.topic,
            "proven": self.proven,
            "seeds": self.seeds,
            "seconds": round(self.seconds, 2),
            "budget": self.budget,
            "findings": [
                {"kind": one.kind, "name": one.name, "seed": one.seed, "proven": one.proven, "problem": one.problem}
                for one in self.findings
            ],
            "figures": {name: list(values) for name, values in self.figures.items()},
        }


def verify_topic(
    topic: TopicMaterials,
    store: Store,
    *,
    seeds: int | None = None,
    on_step: Callable[[str], object] = lambda _: None,
) -> TopicProof:
    """Prove one topic on the seeds 0, 1 … Executions that are known are not repeated."""
    count = seeds or topic.about.seminar.seeds
    findings, executions = list[TopicFinding](), list[Executed]()
    try:
        seminar = read_seminar(topic)
        blanks = seminar.blanks()
    except BuildError as error:
        problem = TopicFinding("runs", "seminar.py", str(error))
        return TopicProof(topic.root.name, 0, 0.0, topic.about.seminar.seconds, (problem,), {})
    for seed in range(count):
        on_step(f"seed {seed}")
        findings += _run(topic, store, seed, executions)
        if not executions:
            break  # what doesn't run with one seed has nothing to say on others
    if executions:
        on_step("blanks")
        findings += _blanks(topic, seminar, blanks)
    findings += [*_figures(topic, executions), *_questions(topic), *_pictures(topic, store)]
    return TopicProof(
        topic=topic.root.name,
        seeds=len(executions),
        seconds=max((one.seconds for one in executions), default=0.0),
        budget=topic.about.seminar.seconds,
        findings=tuple(findings),
        figures={one.name: tuple(run.values[one.name] for run in executions) for one in topic.figures},
    )


def _run(topic: TopicMaterials, store: Store, seed: int, executions: list[Executed]) -> Iterator[TopicFinding]:
    try:
        executed = execute(topic, store, seed=seed)
    except CellFailed as failed:
        reason = f"cell {failed.cell} fails: {failed.name}: {failed.value}\n{_without_colours(failed.traceback)}"
        yield TopicFinding("runs", "solved notebook", reason, seed)
        return
    except RuntimeError as error:
        yield TopicFinding("runs", "solved notebook", f"a promised value can't be read: {error}", seed)
        return
    executions.append(executed)
    yield TopicFinding("runs", "solved notebook", "", seed)
    for number, run in executed.runs.items():
        for output in run.outputs:
            if output["output_type"] == "stream" and output.get("name") == "stderr":
                yield TopicFinding("warning", f"cell {number + 1}", "".join(output["text"]).strip()[:500], seed)
    budget = topic.about.seminar.seconds
    over = f"{executed.seconds:.1f} s of processor time, at most {budget:g}" if executed.seconds > budget else ""
    yield TopicFinding("budget", f"{executed.seconds:.1f} s", over, seed)


def _blanks(topic: TopicMaterials, seminar: Seminar, blanks: Sequence[Blank]) -> Iterator[TopicFinding]:
    """One walk through the notebook: at each blank its stub, then the check, then the answer, and on."""
    student, solved = seminar.student(), seminar.solved()
    groups = {blank.check: blank.group for blank in blanks}
    with Kernel.start(topic.root) as kernel:
        for number, _ in code_of(solved):
            if any(number in group for group in groups.values()):
                continue  # run with its check
            if number not in groups:
                kernel.run(solved[number].source)
                continue
            group = groups[number]
            for blank in group:
                sources = {one: (student if one == blank else solved)[one].source for one in group}
                yield TopicFinding("blank", f"cell {blank + 1}", _blank_problem(kernel, sources, solved[number].source))
            for one in group:
                kernel.run(solved[one].source)
            if failure := error_of(kernel.run(solved[number].source)):
                problem = f"its check fails with the answer in place, too: {failure['ename']}: {failure['evalue']}"
                yield TopicFinding("blank", f"cell {number + 1}", problem)


def _blank_problem(kernel: Kernel, sources: Mapping[int, str], check: str) -> str:
    for number, source in sources.items():
        if failure := error_of(kernel.run(source)):
            return f"cell {number + 1} itself fails with {failure['ename']}; only the check may: leave a stub that runs"
    failure = error_of(kernel.run(check))
    if failure is None:
        return "the check passes while the blank is empty"
    if failure["ename"] != "AssertionError":
        return (
            f"the check fails with {failure['ename']}: {failure['evalue']}; it must say what is wrong by an assertion"
        )
    if len(str(failure["evalue"]).strip()) < _SHORTEST_MESSAGE:
        return f"the check's message teaches nothing: {failure['evalue']!r}"
    return ""


def _figures(topic: TopicMaterials, executions: Sequence[Executed]) -> Iterator[TopicFinding]:
    for figure in topic.figures:
        for seed, run in enumerate(executions):
            value = run.values[figure.name]
            outside = "" if figure.holds(value) else f"{value:g}, promised {figure.low:g} to {figure.high:g}"
            yield TopicFinding("figure", figure.name, outside, seed)


def _questions(topic: TopicMaterials) -> Iterator[TopicFinding]:
    coded = [question for question in topic.blitz if question.code is not None and question.output is not None]
    if not coded:
        return
    with Kernel.start(topic.root) as kernel:
        for question in coded:
            outputs = kernel.run(question.code or "")
            failure = error_of(outputs)
            printed = "".join(output["text"] for output in outputs if output["output_type"] == "stream")
            problem = f"its code fails: {failure['ename']}: {failure['evalue']}" if failure else ""
            if not problem and printed.strip() != (question.output or "").strip():
                problem = f"its code prints {printed.strip()!r}, not {(question.output or '').strip()!r}"
            yield TopicFinding("question", question.slug, problem)


def _pictures(topic: TopicMaterials, store: Store) -> Iterator[TopicFinding]:
    try:
        draw_pictures(topic, store)
    except BuildError as error:
        yield TopicFinding("pictures", "pictures.py", str(error))
        return
    if topic.pictures.is_file():
        yield TopicFinding("pictures", "pictures.py")


def _without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
