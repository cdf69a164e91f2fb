"""What a student's working copy holds before a push."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kafedra.course import Assignment, read_mutant
from kafedra.web.demo.notebook import filled_in
from kafedra.web.demo.scenario import Turn, Work

_MESSAGES = {
    Work.RIGHT: "Готово",
    Work.WRONG: "Первый вариант",
    Work.EMPTY: "Проверяю, как отправляется",
    Work.NOT_JSON: "Слил две версии",
    Work.RIGHT_BUT_TESTS_EDITED: "Поправил тесты",
}
_CONFLICT = b"<<<<<<< HEAD\n"


@dataclass(frozen=True, slots=True)
class Workplace:
    """An assignment with its solutions and mutants, to hand in one or another."""

    assignment: Assignment
    blank: bytes

    def write(self, turn: Turn, folder: Path) -> str:
        """Put the turn's work into a working copy; returns the message of the commit."""
        work = turn.move.work
        (folder / self.assignment.notebook).write_bytes(self._notebook(turn))
        if work is Work.RIGHT_BUT_TESTS_EDITED:
            test = sorted((folder / "tests").glob("test_*.py"))[0]
            test.write_text(test.read_text(encoding="utf-8") + "\n\ndef test_mine():\n    pass\n", encoding="utf-8")
        return _MESSAGES[work]

    def _notebook(self, turn: Turn) -> bytes:
        work = turn.move.work
        if work is Work.EMPTY:
            return self.blank
        code = self._mutant(turn) if work is Work.WRONG else self._solution(turn.number)
        notebook = filled_in(self.blank, code, self.assignment.requires)
        return _CONFLICT + notebook if work is Work.NOT_JSON else notebook

    def _mutant(self, turn: Turn) -> str:
        mutants = self.assignment.mutants()
        named = [path for path in mutants if path.stem == turn.move.mutant]
        # A large prime as a step: every push gets another one.
        return read_mutant(named[0] if named else mutants[turn.number * 29 % len(mutants)]).code

    def _solution(self, number: int) -> str:
        solutions = self.assignment.solutions()
        return solutions[number % len(solutions)].read_text(encoding="utf-8")
