"""Each place where the sandbox can't be is told by what fails there, and has one cause and one remedy.

The errors are those that the machines named in docs/use/operator.md gave, or that their kernels and profiles are
documented to give. What of it can be had on any Linux is tried in earnest in test_refusing.py.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kafedra.walls import apparmor
from kafedra.walls.facts import Facts, look_around
from kafedra.walls.places import diagnose, elsewhere
from kafedra.walls.refusal import Refusal, Step, label
from kafedra.walls.signs import SIGNS


def refused(step: Step, code: int, what: str, label: str = "", *, inner: bool = False) -> Refusal:
    return Refusal(step, code, f"[Errno {code}] {what}: {os.strerror(code)}", label, inner)


def settings(**values: int) -> tuple[tuple[str, int], ...]:
    return tuple((name.replace("__", "/"), value) for name, value in values.items())


UNSHARE = refused(Step.USER_NAMESPACE, errno.EPERM, "unshare")
UBUNTU = settings(user__max_user_namespaces=127000, kernel__apparmor_restrict_unprivileged_userns=1)
DEBIAN = settings(user__max_user_namespaces=96364)

# the sign, what was refused, on which machine, words of the cause, words of the remedy
CASES = [
    (
        "wsl 1",
        refused(Step.USER_NAMESPACE, errno.EINVAL, "unshare"),
        Facts(kernel="4.4.0-19041-Microsoft", user=1000),
        "WSL 1 has no namespaces",
        "wsl --set-version",
    ),
    (
        "no user namespaces left",
        refused(Step.USER_NAMESPACE, errno.ENOSPC, "unshare"),
        Facts(user=1000, switches=settings(user__max_user_namespaces=0)),
        "user.max_user_namespaces = 0",
        "sudo sysctl -w user.max_user_namespaces=10000",
    ),
    (
        "user namespaces for root alone",
        UNSHARE,
        Facts(user=1000, switches=settings(kernel__unprivileged_userns_clone=0)),
        "kernel.unprivileged_userns_clone = 0",
        "sudo sysctl -w kernel.unprivileged_userns_clone=1",
    ),
    (
        "user namespaces for root alone",
        refused(Step.USER_NAMESPACE, errno.EPERM, "unshare", inner=True),  # root has left its rights at the outer wall
        Facts(user=0, switches=settings(kernel__unprivileged_userns_clone=0)),
        "kernel.unprivileged_userns_clone = 0",
        "sudo sysctl",
    ),
    (  # Ubuntu 24.04 and newer
        "apparmor restricts user namespaces",
        refused(Step.MOUNT, errno.EACCES, "mount /", "unprivileged_userns (enforce)"),
        Facts(user=1000, label="unconfined", switches=UBUNTU),
        "AppArmor takes all rights",
        "kafedra doctor --apparmor | sudo tee /etc/apparmor.d/",
    ),
    (  # the same with the user map refused first
        "apparmor restricts user namespaces",
        refused(Step.USER_MAP, errno.EPERM, "uid_map", "unprivileged_userns (enforce)"),
        Facts(user=1000, label="unconfined", switches=UBUNTU),
        "AppArmor takes all rights",
        "&& sudo apparmor_parser -r /etc/apparmor.d/",
    ),
    (  # root is exempt, and what it becomes is not
        "apparmor restricts user namespaces",
        refused(Step.NAMESPACES, errno.EPERM, "unshare", "unprivileged_userns (enforce)", inner=True),
        Facts(user=0, label="unconfined", switches=UBUNTU),
        "AppArmor takes all rights",
        "sudo apparmor_parser -r",
    ),
    (  # the profile that takes the rights is not loaded: the namespace itself is refused
        "apparmor restricts user namespaces",
        refused(Step.USER_NAMESPACE, errno.EACCES, "unshare", "unconfined"),
        Facts(user=1000, label="unconfined", switches=UBUNTU),
        "AppArmor takes all rights",
        "sudo apparmor_parser -r",
    ),
    (  # Docker on such a host, with apparmor=unconfined
        "apparmor restricts user namespaces",
        refused(Step.MOUNT, errno.EACCES, "mount /", "unprivileged_userns (enforce)"),
        Facts(user=1000, label="unconfined", filtered=True, container="docker", switches=UBUNTU),
        "AppArmor takes all rights",
        "--security-opt apparmor=kafedra-container",
    ),
    (
        "another apparmor profile where user namespaces are restricted",
        refused(Step.MOUNT, errno.EACCES, "mount /", "docker-default (enforce)"),
        Facts(user=1000, filtered=True, container="docker", switches=UBUNTU),
        "the AppArmor profile docker-default",
        "--security-opt apparmor=kafedra-container",
    ),
    (
        "another apparmor profile",
        refused(Step.MOUNT, errno.EACCES, "mount /", "docker-default (enforce)"),
        Facts(user=1000, filtered=True, container="docker", switches=DEBIAN),
        "the AppArmor profile docker-default",
        "--security-opt apparmor=unconfined",
    ),
    (
        "another apparmor profile",
        refused(Step.MOUNT, errno.EACCES, "mount /", "cri-containerd.apparmor.d (enforce)"),
        Facts(user=1000, filtered=True, container="kubernetes", switches=DEBIAN),
        "the AppArmor profile cri-containerd.apparmor.d",
        "appArmorProfile: {type: Unconfined}",
    ),
    (  # inside somebody else's bubblewrap, Ubuntu 25.04 and newer
        "another apparmor profile where user namespaces are restricted",
        refused(Step.NAMESPACES, errno.EPERM, "unshare", "bwrap//&unpriv_bwrap (enforce)"),
        Facts(user=1000, switches=UBUNTU),
        "the AppArmor profile bwrap//&unpriv_bwrap",
        "run the server outside that profile",
    ),
    (
        "selinux",
        refused(Step.MOUNT, errno.EACCES, "mount /tmp", "system_u:system_r:container_t:s0:c1,c2"),
        Facts(user=1000, filtered=True, container="podman", switches=DEBIAN),
        "SELinux forbids",
        "--security-opt label=disable",
    ),
    ("system call filter", UNSHARE, Facts(user=1000, filtered=True), "a filter of system calls", "RestrictNamespaces="),
    (
        "system call filter",
        UNSHARE,
        Facts(user=1000, filtered=True, container="docker"),
        "a filter of system calls",
        "--security-opt seccomp=deploy/seccomp.json",
    ),
    (
        "system call filter",
        refused(Step.ROOT, errno.EPERM, "pivot_root"),  # --cap-add SYS_ADMIN alone
        Facts(user=0, filtered=True, container="docker"),
        "a filter of system calls",
        "--security-opt seccomp=deploy/seccomp.json",
    ),
    (
        "system call filter",
        UNSHARE,
        Facts(user=1000, filtered=True, container="kubernetes"),
        "a filter of system calls",
        "seccompProfile: {type: Localhost",
    ),
    (
        "old kernel",
        refused(Step.MOUNT, errno.ENOSYS, "mount_setattr"),
        Facts(kernel="5.10.0-32-amd64", user=1000),
        "Linux 5.10.0-32-amd64 is too old",
        "Linux 5.12 or newer",
    ),
    (  # there the kernel is the cause, whatever filters it as well
        "old kernel",
        refused(Step.MOUNT, errno.ENOSYS, "open_tree /usr"),
        Facts(kernel="4.18.0-553.el8_10.x86_64", user=1000, filtered=True, container="docker"),
        "Linux 4.18.0-553.el8_10.x86_64 is too old",
        "Linux 5.12 or newer",
    ),
    (
        "children not listed",
        refused(Step.WATCH, errno.ENOENT, "/proc/thread-self/children", inner=True),
        Facts(kernel="6.1.0", user=1000),
        "does not list the children",
        "CONFIG_PROC_CHILDREN",
    ),
    (
        "kernel without namespaces",
        refused(Step.USER_NAMESPACE, errno.EINVAL, "unshare"),
        Facts(kernel="6.1.0", user=1000),
        "built without namespaces",
        "CONFIG_USER_NS",
    ),
    ("chroot", UNSHARE, Facts(user=1000, chrooted=True), "as in a chroot", "in place of the chroot"),
    ("chroot", UNSHARE, Facts(user=0), "as in a chroot", "in place of the chroot"),
    (
        "too many processes",
        refused(Step.PROCESS, errno.EAGAIN, "fork"),
        Facts(user=1000, process_limit=40),
        "user 1000 may start no more processes: 40 are the limit",
        "LimitNPROC=",
    ),
    (
        "too many processes",
        refused(Step.PROCESS, errno.EAGAIN, "fork"),
        Facts(user=1000, container="docker"),
        "may start no more processes",
        "--pids-limit",
    ),
    (
        "root without rights",
        refused(Step.USER_MAP, errno.EPERM, "uid_map"),
        Facts(user=0, container="podman", filtered=True),
        "root may not become another user",
        "--user 1000:1000",
    ),
    (
        "no proc",
        refused(Step.USER_MAP, errno.ENOENT, "/proc/self/setgroups"),
        Facts(user=1000),
        "/proc is not mounted",
        "mount -t proc proc /proc",
    ),
]


@pytest.mark.parametrize(("sign", "refusal", "facts", "cause", "remedy"), CASES, ids=[case[0] for case in CASES])
def test_the_place_is_told_by_what_fails(sign: str, refusal: Refusal, facts: Facts, cause: str, remedy: str) -> None:
    found = diagnose(refusal, facts)
    assert next(one.name for one in SIGNS if one.fits(refusal, facts)) == sign
    assert cause in found.cause
    assert refusal.message in found.cause
    assert remedy in found.remedy.replace("'/", "/")  # the folder of this kafedra may have a name that needs quotes
    assert "{{" not in found.remedy


def test_every_sign_has_a_case() -> None:
    assert {case[0] for case in CASES} == {sign.name for sign in SIGNS}


def test_what_nobody_has_met_is_told_as_it_is() -> None:
    found = diagnose(refused(Step.LIMITS, errno.EIO, "capset"), Facts())
    assert found.cause == "the sandbox can't be made here (limits: [Errno 5] capset: Input/output error)"
    assert "please report" in found.remedy


@pytest.mark.parametrize(
    ("system", "name", "place"),
    [("Darwin", "macOS", "virtual machine"), ("Windows", "Windows", "WSL 2"), ("FreeBSD", "FreeBSD", "on Linux")],
)
def test_other_systems_have_no_namespaces(system: str, name: str, place: str) -> None:
    found = elsewhere(Facts(system=system))
    assert found is not None
    assert f"this is {name}" in found.cause
    assert place in found.remedy
    assert "students need no sandbox" in found.remedy


def test_this_machine_is_described() -> None:
    facts = look_around()
    assert (facts.system, facts.user, facts.label) == ("Linux", os.geteuid(), label())
    assert facts.kernel == os.uname().release
    assert (facts.switch("user/max_user_namespaces") or 0) > 0


def test_a_refusal_travels_as_text_and_other_words_are_no_refusal() -> None:
    assert Refusal.from_json(UNSHARE.as_json()) == UNSHARE
    for text in ("", "Traceback (most recent call last):", "[]", "{}", '{"step": "nap"}'):
        assert Refusal.from_json(text) is None


def test_a_profile_names_one_program_whatever_its_path() -> None:

    program = Path("/srv/Мой курс [1]/.venv/bin/kafedra-sandbox")
    assert apparmor.profile(program) == (
        'abi <abi/4.0>,\n\n"/srv/Мой курс \\[1\\]/.venv/bin/kafedra-sandbox" flags=(unconfined) {\n  userns,\n}\n'
    )
    assert apparmor.profile_file(program).parent == Path("/etc/apparmor.d")
    assert apparmor.profile_file(program) != apparmor.profile_file(Path("/srv/other/bin/kafedra-sandbox"))
