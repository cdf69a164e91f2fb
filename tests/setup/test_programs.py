"""What tests start beside themselves is installed where we may, and named each time where we may not."""

from __future__ import annotations

import shlex

import pytest
from tests.setup.conftest import Tree
from tests.setup.test_troubles import AS_SOMEBODY, UNSHARE, sentence

HIDING = (
    "for one in /usr/sbin /usr/local/sbin /usr/lib/postgresql; do [ ! -d $one ] || /bin/mount -t tmpfs none $one; done"
)
AS_ROOT = (UNSHARE, "--user", "--map-root-user", "--mount", "/bin/sh", "-c", f'{HIDING}; exec "$@"', "sh")
AS_USER = (*AS_ROOT, *AS_SOMEBODY)


class Bare:
    """A machine with a browser and none of the other programs; what is done to it is written down."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._calls = tree.root / "calls"
        for name in ("sh", "dirname"):
            tree.program(name, f'exec /bin/{name} "$@"')
        for name in ("apt-get", "update-rc.d", "service"):
            tree.program(name, f'echo {name} "$@" >> {shlex.quote(str(self._calls))}')
        self.brings("chromium")

    def brings(self, *names: str) -> None:
        for name in names:
            self._tree.program(name, "exit 0")

    def fails(self, name: str) -> None:
        self._tree.program(name, "echo E: no network >&2; exit 100")

    def lacks(self, name: str) -> None:
        (self._tree.root / "programs" / name).unlink()

    def setup(self, *who: str) -> tuple[int, str]:
        return self._tree.setup("programs", *who, PATH=str(self._tree.root / "programs"))

    @property
    def calls(self) -> list[str]:
        return self._calls.read_text().splitlines() if self._calls.exists() else []


@pytest.fixture
def bare(tree: Tree) -> Bare:
    return Bare(tree)


def test_root_gets_them_and_no_service_that_was_not_asked_for(bare: Bare) -> None:
    code, said = bare.setup(*AS_ROOT)
    assert code == 0, said
    assert bare.calls == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends nginx postgresql gcc libc6-dev",
        "update-rc.d nginx disable",
        "service nginx stop",
        "update-rc.d postgresql disable",
        "service postgresql stop",
    ]
    assert "'service nginx start' starts it" in said


def test_what_is_there_is_left_alone(bare: Bare) -> None:
    bare.brings("nginx", "initdb", "gcc")
    assert bare.setup(*AS_ROOT) == (0, "")
    assert bare.calls == []


def test_an_ordinary_user_is_told_each_time_what_will_be_skipped(bare: Bare) -> None:
    bare.brings("gcc")
    for _ in range(2):
        code, said = bare.setup(*AS_USER)
        assert code == 0, said
        assert "nginx and PostgreSQL are missing: " in said
        assert "'apt-get install nginx postgresql'" in said
        assert said.endswith("until then the tests that start them are skipped.\n")
    assert bare.calls == []


def test_without_a_network_the_rest_is_tested(bare: Bare) -> None:
    bare.brings("nginx", "initdb")
    bare.fails("apt-get")
    code, said = bare.setup(*AS_ROOT)
    assert code == 0, said
    assert "apt-get update failed (E: no network)" in said
    assert said.endswith("until then the tests that start it are skipped.\n")


def test_nothing_is_tested_without_a_browser(bare: Bare) -> None:
    bare.lacks("chromium")
    assert "Chromium is missing: " in sentence(*bare.setup(*AS_USER))


def test_another_distribution_calls_them_otherwise(bare: Bare) -> None:
    bare.lacks("apt-get")
    bare.brings("dnf")
    code, said = bare.setup(*AS_ROOT)
    assert code == 0, said
    assert "run 'dnf install nginx postgresql-server gcc'" in said
