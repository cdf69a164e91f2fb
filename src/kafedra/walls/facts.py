"""What this machine says about itself, as far as it bears on the sandbox. Nothing here depends on its distribution."""

from __future__ import annotations

import contextlib
import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kafedra.walls.refusal import label

_SWITCHES: Final = (
    "user/max_user_namespaces",
    "kernel/unprivileged_userns_clone",  # Debian's, and of kernels hardened after it
    "kernel/apparmor_restrict_unprivileged_userns",  # Ubuntu's
)
_MARKS: Final = {"/run/.containerenv": "podman", "/.dockerenv": "docker", "/run/secrets/kubernetes.io": "kubernetes"}
_MOUNT_POINT: Final = re.compile(r"^\S+ \S+ \S+ \S+ / ", re.MULTILINE)  # proc_pid_mountinfo(5)


@dataclass(frozen=True, slots=True)
class Facts:
    """``switches``: values of kernel settings by name, those that there are. ``user``: the number of who asks."""

    system: str = "Linux"
    kernel: str = ""
    user: int = 0
    label: str = ""  # of AppArmor or SELinux
    filtered: bool = False  # a system call filter is on
    container: str = ""  # podman, docker, kubernetes, or another word for one; "" where there is none
    chrooted: bool = False
    process_limit: int = -1  # RLIMIT_NPROC; -1 is none
    switches: tuple[tuple[str, int], ...] = ()

    def switch(self, name: str) -> int | None:
        return dict(self.switches).get(name)


def look_around() -> Facts:
    """The facts about this machine and this process."""
    if platform.system() != "Linux":
        return Facts(system=platform.system(), kernel=platform.release())
    return Facts(
        system="Linux",
        kernel=platform.release(),
        user=os.geteuid(),
        label=label(),
        filtered="\nSeccomp:\t2" in _read("/proc/self/status"),
        container=_container(),
        chrooted=not _MOUNT_POINT.search(_read("/proc/self/mountinfo")),
        process_limit=_process_limit(),
        switches=tuple((name, value) for name in _SWITCHES if (value := _number(f"/proc/sys/{name}")) is not None),
    )


def _container() -> str:
    for path, name in _MARKS.items():
        if Path(path).exists():
            return name
    # systemd, LXC and others say it to the first process, and the ones below it inherit it
    word = os.environ.get("container", "")  # noqa: SIM112 - so it is spelt
    return word or ("kubernetes" if "KUBERNETES_SERVICE_HOST" in os.environ else "")


def _process_limit() -> int:
    import resource  # only here is this Linux

    return resource.getrlimit(resource.RLIMIT_NPROC)[0]


def _read(path: str) -> str:
    with contextlib.suppress(OSError):
        return Path(path).read_text("utf-8", "replace")
    return ""


def _number(path: str) -> int | None:
    with contextlib.suppress(ValueError):
        return int(_read(path))
    return None
