"""What is laid ready for containers fits what the wall asks for and what the doctor advises."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kafedra.walls.signs import SIGNS

ROOT = Path(__file__).parents[2]

# what putting up the wall, starting a submission and ending it takes beside the calls of any program
NEEDED = set(
    """
    capset clone clone3 mount mount_setattr move_mount open_tree pidfd_open pidfd_send_signal pivot_root prctl
    sched_setaffinity seccomp setgroups setresgid setresuid umount2 unshare
    """.split()
)


def test_the_container_filter_leaves_what_the_sandbox_needs() -> None:
    profile = json.loads((ROOT / "deploy/seccomp.json").read_text("utf-8"))
    assert profile["defaultAction"] == "SCMP_ACT_ALLOW"
    refused = {name for rule in profile["syscalls"] for name in rule["names"]}
    assert {rule["action"] for rule in profile["syscalls"]} == {"SCMP_ACT_ERRNO"}
    assert not refused & NEEDED
    assert {"bpf", "init_module", "io_uring_setup", "kexec_load", "keyctl", "ptrace", "setns"} <= refused


def test_files_that_a_remedy_names_are_there() -> None:
    texts = [text for sign in SIGNS for text in (sign.remedy, *sign.inside.values())]
    named = {found for text in texts for found in re.findall(r"deploy/[\w./-]*\w", text)}
    assert named == {"deploy/seccomp.json", "deploy/apparmor/kafedra-container"}
    assert all((ROOT / name).is_file() for name in named)


def test_the_profile_that_a_remedy_names_is_in_the_file() -> None:
    text = (ROOT / "deploy/apparmor/kafedra-container").read_text("utf-8")
    assert "profile kafedra-container " in text
    assert {"userns,", "mount,", "umount,", "pivot_root,", "capability,"} <= {
        line.strip() for line in text.splitlines()
    }
