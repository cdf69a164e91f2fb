"""A draft as a file that people edit: which questions, place by place and variant by variant."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kafedra.exam.bank import Question
from kafedra.exam.drafting import DraftError, Paper


@dataclass(frozen=True)
class DraftFile:
    """What a draft's file says: of which run and mark it is, and what is asked."""

    run: str
    mark: str
    seed: int
    paper: Paper


def dump_draft(draft: DraftFile) -> str:
    """The text of the file; each place says what it asks."""
    lines = [f'run = "{draft.run}"', f'mark = "{draft.mark}"', f"seed = {draft.seed}"]
    for place, row in enumerate(draft.paper.rows, 1):
        first = row[0]
        topic = f"topic {first.topic}" if first.topic else "the whole course"
        lines += ["", f"# {place}. {first.kind}, {topic}, difficulty {first.difficulty}, {first.points:f} points"]
        lines += [f"#    {one.idea}" for one in row]
        lines += ["[[questions]]", f"variants = [{', '.join(f'{chr(34)}{one.slug}{chr(34)}' for one in row)}]"]
    return "\n".join(lines) + "\n"


def read_draft(path: Path, bank: Mapping[str, Question]) -> DraftFile:
    """The draft in the file. Raises DraftError with everything that is wrong with it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = [[str(slug) for slug in row["variants"]] for row in data["questions"]]
        named = str(data["run"]), str(data["mark"]), int(data["seed"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DraftError(f"{path}: is no draft that 'kafedra exam draft' writes: {error!r}") from None
    unknown = sorted({slug for row in rows for slug in row if slug not in bank})
    if unknown:
        raise DraftError(f"{path}: the bank has no question {', '.join(unknown)}")
    paper = Paper(tuple(tuple(bank[slug] for slug in row) for row in rows if row))
    if problems := list(paper.problems()):
        raise DraftError(f"{path}: " + "; ".join(problems))
    return DraftFile(*named, paper)
