"""Assignments that differ only in what they preload share a warm grader; one that can't is on its own."""

from __future__ import annotations

import pytest

from kafedra.course import Environment
from kafedra.grading import Grader, SandboxUnavailable
from kafedra.grading.pool import Pool

TORCH = Environment(preload=("torch",))
NUMPY = Environment(preload=("torch", "numpy"))
IMAGES = Environment(preload=("torch", "scipy.ndimage"))
NOTHING = Environment(preload=())
BROKEN = Environment(preload=("torch", "broken"))
COURSE = (TORCH, NUMPY, IMAGES, TORCH)


class Machine:
    """Counts graders; on it, a module called `broken` can't be loaded."""

    def __init__(self) -> None:
        self.running: list[Environment] = []
        self.tries = 0

    def make(self, environment: Environment) -> Grader:
        machine = self

        class Counted(Grader):
            def start(self) -> None:
                machine.tries += 1
                if "broken" in environment.preload:
                    raise SandboxUnavailable("broken")
                machine.running.append(environment)

            def close(self) -> None:
                machine.running.remove(environment)

        return Counted(environment)


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def pool(machine: Machine) -> Pool:
    return Pool(machine.make)


def test_one_grader_serves_all_that_differ_only_in_what_they_preload(machine: Machine, pool: Pool) -> None:
    graders = {pool.grader(one, COURSE) for one in (*COURSE, NOTHING)}
    assert len(graders) == 1
    assert machine.running == [Environment(preload=("torch", "numpy", "scipy.ndimage"))]
    pool.close()
    assert machine.running == []


@pytest.mark.parametrize("difference", [{"python": "/usr/bin/python3"}, {"threads": 2}, {"gpu": True}])
def test_another_interpreter_threads_or_a_gpu_are_a_grader_of_their_own(
    machine: Machine, pool: Pool, difference: dict[str, object]
) -> None:
    other = NUMPY.model_copy(update=difference)
    assert pool.grader(TORCH, [NUMPY, other]) is not pool.grader(other, [TORCH, NUMPY])
    assert machine.running == [NUMPY, other]


def test_a_module_that_cannot_be_loaded_harms_its_own_assignment_alone(machine: Machine, pool: Pool) -> None:
    course = (*COURSE, BROKEN)
    for _ in range(2):
        pool.grader(TORCH, course)
        with pytest.raises(SandboxUnavailable):
            pool.grader(BROKEN, course)
    assert machine.running == [TORCH]
    assert machine.tries == 4, (
        "all together once, TORCH once, BROKEN alone each time that it is asked for: it may be mended"
    )


def test_when_the_course_changes_the_new_grader_takes_the_place_of_the_old(machine: Machine, pool: Pool) -> None:
    pool.grader(TORCH, [TORCH])
    pool.grader(IMAGES, [TORCH, IMAGES])
    assert machine.running == [IMAGES]
