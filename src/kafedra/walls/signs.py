"""The kinds of places where the sandbox can't be, each with what fails there, one cause and one remedy.

From where each is known: docs/use/operator.md.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kafedra.walls.facts import Facts
from kafedra.walls.refusal import Refusal, Step

_OLDEST: Final = (5, 12)  # mount_setattr(2)
_FORBIDDEN: Final = (errno.EPERM, errno.EACCES)
_RESTRICTED: Final = "kernel/apparmor_restrict_unprivileged_userns"


@dataclass(frozen=True, slots=True)
class Sign:
    """One kind of place. The texts have names of `places` in braces; ``inside``: remedies by kind of container."""

    name: str
    fits: Callable[[Refusal, Facts], bool]
    cause: str
    remedy: str
    inside: dict[str, str] = field(default_factory=dict)


def _restricted_by_apparmor(refusal: Refusal, facts: Facts) -> bool:
    """The kernel gives the namespace and the profile ``unprivileged_userns``, which has no rights; or it refuses."""
    if refusal.errno not in _FORBIDDEN:
        return False
    powerless = "unprivileged_userns" in refusal.label
    refused = refusal.step is Step.USER_NAMESPACE and facts.switch(_RESTRICTED) == 1
    return powerless or (
        refused and _unconfined(refusal.label) and (refusal.errno == errno.EACCES or not facts.filtered)
    )


def _unconfined(label: str) -> bool:
    return label in ("", "unconfined") or label.endswith("(unconfined)")


def _version(kernel: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", kernel)[:2]))


def _by_label(refusal: Refusal, facts: Facts) -> bool:
    """Security modules say EACCES where a filter of system calls says EPERM; for capabilities both say EPERM."""
    confined = refusal.errno == errno.EACCES or (refusal.errno == errno.EPERM and not facts.filtered)
    return confined and not _unconfined(refusal.label)


_ON_HOST: Final = " (for a container, on its host), and the same line in /etc/sysctl.d"
_PROFILE_ON_HOST: Final = {
    "kubernetes": "load deploy/apparmor/kafedra-container on the nodes, and in the container's securityContext: "
    "appArmorProfile: {{type: Localhost, localhostProfile: kafedra-container}}",
    "any": "load deploy/apparmor/kafedra-container on the host (sudo apparmor_parser -r), and start the container with "
    "--security-opt apparmor=kafedra-container",
}

# The order matters: the plainer sign first.
SIGNS: Final = (
    Sign(
        "wsl 1",
        lambda _refusal, facts: facts.kernel.endswith("-Microsoft"),
        "WSL 1 has no namespaces, of which the sandbox is made ({message})",
        "in PowerShell: wsl --set-version DISTRIBUTION 2",
    ),
    Sign(
        "old kernel",
        lambda refusal, facts: refusal.errno == errno.ENOSYS and _version(facts.kernel) < _OLDEST,
        "Linux {kernel} is too old for the sandbox ({message})",
        "run the server on Linux 5.12 or newer: Debian 12, Ubuntu 22.04, RHEL 9 and what came after them have it",
    ),
    Sign(
        "no user namespaces left",
        lambda refusal, _facts: refusal.errno in (errno.ENOSPC, errno.EUSERS),
        "the kernel makes no more namespaces: user.max_user_namespaces = {most} ({message})",
        "sudo sysctl -w user.max_user_namespaces=10000" + _ON_HOST,
    ),
    Sign(
        "user namespaces for root alone",
        lambda refusal, facts: (
            refusal.step is Step.USER_NAMESPACE
            and refusal.errno in _FORBIDDEN
            and facts.switch("kernel/unprivileged_userns_clone") == 0
        ),
        "kernel.unprivileged_userns_clone = 0 forbids the sandbox's namespaces ({message})",
        "sudo sysctl -w kernel.unprivileged_userns_clone=1" + _ON_HOST,
    ),
    Sign(
        "apparmor restricts user namespaces",
        _restricted_by_apparmor,
        "AppArmor takes all rights from namespaces of programs that have no profile ({message})",
        "{load}",
        _PROFILE_ON_HOST,
    ),
    Sign(
        "another apparmor profile where user namespaces are restricted",
        lambda refusal, facts: (
            _by_label(refusal, facts) and ":" not in refusal.label and facts.switch(_RESTRICTED) == 1
        ),
        "the AppArmor profile {label}, under which kafedra runs here, forbids the sandbox ({message})",
        "run the server outside that profile: {load}",
        _PROFILE_ON_HOST,
    ),
    Sign(
        "another apparmor profile",
        lambda refusal, facts: _by_label(refusal, facts) and ":" not in refusal.label,
        "the AppArmor profile {label}, under which kafedra runs here, forbids the sandbox ({message})",
        "run the server outside that profile, or let it allow userns, mount, umount, pivot_root and capability",
        {
            "kubernetes": "in the container's securityContext: appArmorProfile: {{type: Unconfined}}",
            "any": "start the container with --security-opt apparmor=unconfined",
        },
    ),
    Sign(
        "selinux",
        lambda refusal, facts: _by_label(refusal, facts) and ":" in refusal.label,
        "SELinux forbids the sandbox to a process labelled {label} ({message})",
        "sudo ausearch -m avc -ts recent shows the rule that is missing",
        {
            "kubernetes": "in the container's securityContext: seLinuxOptions: {{type: spc_t}}",
            "any": "start the container with --security-opt label=disable",
        },
    ),
    Sign(
        "root without rights",
        lambda refusal, facts: facts.user == 0 and refusal.step in (Step.USER_MAP, Step.IDENTITY),
        "root may not become another user here ({message})",
        "run the server as an ordinary user",
        {"any": "run the server as an ordinary user: start the container with --user 1000:1000"},
    ),
    Sign(
        "chroot",
        # where no filter, module or setting forbids it, a chroot is the one thing left that makes the kernel say EPERM
        lambda refusal, facts: (
            refusal.step is Step.USER_NAMESPACE
            and refusal.errno == errno.EPERM
            and (facts.chrooted or not facts.filtered)
        ),
        "the kernel makes no user namespaces here, as in a chroot ({message})",
        "run the server in a container (Podman, systemd-nspawn) in place of the chroot",
    ),
    Sign(
        "system call filter",
        lambda refusal, facts: facts.filtered and refusal.errno in (errno.EPERM, errno.ENOSYS),
        "a filter of system calls forbids the sandbox's namespaces or mounts ({message})",
        "take RestrictNamespaces= and SystemCallFilter= out of the service's unit",
        {
            "kubernetes": "put deploy/seccomp.json on the nodes, and in the container's securityContext: "
            "seccompProfile: {{type: Localhost, localhostProfile: seccomp.json}}",
            "any": "start the container with --security-opt seccomp=deploy/seccomp.json",
        },
    ),
    Sign(
        "kernel without namespaces",
        lambda refusal, _facts: (
            refusal.step in (Step.USER_NAMESPACE, Step.NAMESPACES) and refusal.errno in (errno.ENOSYS, errno.EINVAL)
        ),
        "this kernel, {kernel}, was built without namespaces that the sandbox needs ({message})",
        "run a kernel with CONFIG_USER_NS, CONFIG_PID_NS, CONFIG_NET_NS and CONFIG_IPC_NS",
    ),
    Sign(
        "too many processes",
        lambda refusal, _facts: refusal.errno == errno.EAGAIN,
        "user {user} may start no more processes: {limit} are the limit for all its programs together ({message})",
        "raise the limit (ulimit -u, LimitNPROC= in the service's unit), or give the server a user of its own",
        {"any": "raise the limit: start the container with --pids-limit and --ulimit nproc"},
    ),
    Sign(
        "children not listed",
        lambda refusal, _facts: refusal.step is Step.WATCH,
        "this kernel, {kernel}, does not list the children of processes, so nobody sees their memory ({message})",
        "run a kernel with CONFIG_PROC_CHILDREN, as distributions' are",
    ),
    Sign(
        "no proc",
        lambda refusal, _facts: refusal.step is Step.USER_MAP and refusal.errno == errno.ENOENT,
        "/proc is not mounted here ({message})",
        "mount -t proc proc /proc",
    ),
)

UNKNOWN: Final = Sign(
    "",
    lambda _refusal, _facts: True,
    "the sandbox can't be made here ({step}: {message})",
    "please report this machine, with the output of kafedra doctor --json",
)
