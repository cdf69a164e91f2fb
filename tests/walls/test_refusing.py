"""Machines that refuse, in earnest: the whole chain runs in them, and what it meets is named."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FORBIDDING = str(Path(__file__).with_name("forbidding.py"))
CROWDED = str(Path(__file__).with_name("crowded.py"))
MASKED = str(Path(__file__).with_name("masked.py"))
UNSHARE = shutil.which("unshare") or "unshare"

LOOK = """
import dataclasses, json
from kafedra.grading import check_sandbox
print(json.dumps([dataclasses.asdict(finding) for finding in check_sandbox()]))
"""
AS_ROOT = (UNSHARE, "--user", "--map-root-user", "--mount")


def last_finding(*machine: str) -> dict[str, str]:
    """What the doctor would say of the sandbox on that machine."""
    command = [*machine, sys.executable, "-c", LOOK]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return dict(json.loads(done.stdout)[-1])


@pytest.mark.parametrize("call", ["unshare", "mount", "pivot_root", "mount_setattr"])
@pytest.mark.parametrize("answer", ["EPERM", "ENOSYS"])
def test_a_filter_of_system_calls(call: str, answer: str) -> None:
    found = last_finding(sys.executable, FORBIDDING, answer, call)
    assert not found["ok"]
    assert "a filter of system calls forbids" in found["detail"]
    assert "\n" not in found["detail"]
    assert found["remedy"]


def test_the_name_of_the_machine_is_no_wall() -> None:
    assert last_finding(sys.executable, FORBIDDING, "EPERM", "sethostname")["ok"]


def test_no_user_namespaces_left() -> None:
    found = last_finding(sys.executable, CROWDED, "start")
    assert "user.max_user_namespaces = 0" in found["detail"]
    assert "sysctl -w user.max_user_namespaces=10000" in found["remedy"]


def test_a_chroot(tmp_path: Path) -> None:
    script = 'mount --rbind / "$0" && PATH=$PATH:/usr/sbin:/sbin && exec chroot "$0" "$@"'  # not on everybody's PATH
    found = last_finding(*AS_ROOT, "sh", "-c", script, str(tmp_path))
    assert "as in a chroot" in found["detail"]


def test_root_that_may_become_nobody_else() -> None:
    found = last_finding(*AS_ROOT)
    assert "root may not become another user" in found["detail"]
    assert "ordinary user" in found["remedy"]


def test_a_user_with_too_many_processes() -> None:
    found = last_finding(shutil.which("prlimit") or "prlimit", "--nproc=0", "--")
    assert "may start no more processes: 0 are the limit" in found["detail"]


def test_where_proc_is_masked_the_sandbox_holds() -> None:
    assert last_finding(sys.executable, MASKED)["ok"]
