"""``kafedra-sandbox``: put up the outer wall around this process, then become the program that is to run behind it.

A read-only system and an interpreter, an empty environment, no network. The course, the database and the repositories
are not there, so nothing inside can be tricked into reading them. Called with a :class:`~kafedra.walls.plan.Plan` as
JSON; ends with `REFUSED` and a :class:`~kafedra.walls.refusal.Refusal` on standard error where the machine says no.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NoReturn

from kafedra.walls import libc
from kafedra.walls.plan import Plan
from kafedra.walls.refusal import Refused, Step, step

REFUSED: Final = 71  # EX_OSERR of sysexits.h

_NEW_ROOT: Final = "/tmp"  # noqa: S108 - where it is built, in a mount namespace of our own
_READ_ONLY: Final = libc.MS_RDONLY | libc.MS_NOSUID | libc.MS_NODEV
_DEVICE: Final = libc.MS_NOSUID | libc.MS_NOEXEC
_PROC: Final = libc.MS_NOSUID | libc.MS_NODEV | libc.MS_NOEXEC
_EMPTY: Final = libc.MS_NOSUID | libc.MS_NODEV


def main() -> NoReturn:
    """Entry point of the script."""
    if len(sys.argv) != 2:
        sys.exit("kafedra-sandbox is started by kafedra. To see whether it works here: kafedra doctor")
    try:
        run(Plan.from_json(sys.argv[1]))
    except Refused as refused:
        print(refused.refusal.as_json(), file=sys.stderr)  # noqa: T201 - to the one who started us
        sys.exit(REFUSED)


def run(plan: Plan) -> NoReturn:
    """Shut this process in and execute the plan's command. Raises :class:`Refused`."""
    os.umask(0o022)
    enter_user_namespace(plan.user)
    with step(Step.NAMESPACES):
        own = libc.CLONE_NEWNS | libc.CLONE_NEWNET | libc.CLONE_NEWIPC | libc.CLONE_NEWUTS
        libc.unshare(own | (libc.CLONE_NEWCGROUP if Path("/proc/self/ns/cgroup").exists() else 0))
    with contextlib.suppress(PermissionError):  # some containers forbid it; the machine's name is no secret
        socket.sethostname("sandbox")
    with step(Step.MOUNT):
        _build(plan)
    with step(Step.ROOT):
        libc.change_root()
        libc.restrict_mount("/", libc.MS_RDONLY)
    with step(Step.IDENTITY):
        if plan.user is not None:
            os.setgroups([])
            os.setresgid(plan.user, plan.user, plan.user)
            os.setresuid(plan.user, plan.user, plan.user)
        libc.forbid_new_privileges()
    with step(Step.PROCESS):  # whoever is not root in there loses all capabilities now
        os.execve(plan.command[0], plan.command, plan.environment)  # noqa: S606 - what it is for


def enter_user_namespace(user: int | None) -> None:
    """Become the owner of a user namespace, under one's own number.

    Root keeps its own number until the mounts are made (folders may be closed to all others) and has a second one.
    """
    uid, gid = os.geteuid(), os.getegid()
    if user is None:
        with step(Step.USER_NAMESPACE):
            libc.unshare(libc.CLONE_NEWUSER)
        with step(Step.USER_MAP):
            Path("/proc/self/setgroups").write_text("deny", "ascii")
            _write_maps("self", f"{uid} {uid} 1", f"{gid} {gid} 1")
        return
    reader, writer = os.pipe()
    with step(Step.PROCESS):
        helper = os.fork()  # two numbers can only be given from outside
    if helper == 0:
        os.close(writer)  # it ends with us, whatever happens
        _map_from_outside(os.getppid(), reader, f"0 0 1\n{user} {user} 1")
    with step(Step.USER_NAMESPACE):
        libc.unshare(libc.CLONE_NEWUSER)
    os.write(writer, b"\n")
    _, status = os.waitpid(helper, 0)
    with step(Step.USER_MAP):
        if code := os.waitstatus_to_exitcode(status):
            raise OSError(code, f"uid_map: {os.strerror(code)}")


def _map_from_outside(process: int, when: int, numbers: str) -> NoReturn:
    try:
        if not os.read(when, 1):
            os._exit(0)
        _write_maps(str(process), numbers, numbers)
    except OSError as error:
        os._exit(error.errno or 1)
    os._exit(0)


def _write_maps(process: str, users: str, groups: str) -> None:
    Path(f"/proc/{process}/uid_map").write_text(users, "ascii")
    Path(f"/proc/{process}/gid_map").write_text(groups, "ascii")


def _build(plan: Plan) -> None:
    """The new root, from copies of what the plan names; they are taken first, for the new root may hide the originals.

    ``/proc`` is the machine's own: a new one is refused wherever the machine's is masked, as in containers. It is for
    the keeper alone; a submission has an empty one.
    """
    libc.mount("none", "/", "none", libc.MS_REC | libc.MS_PRIVATE)
    copies = [*_copies(plan.read_only, _READ_ONLY), *_copies(plan.devices, _DEVICE), *_copies(["/proc"], _PROC)]
    libc.mount("tmpfs", _NEW_ROOT, "tmpfs", _EMPTY, "mode=0755,size=1m")
    os.chdir(_NEW_ROOT)
    scratch = _inside(plan.scratch)
    scratch.mkdir(parents=True)
    libc.mount("tmpfs", str(scratch), "tmpfs", _EMPTY, "mode=1777")
    for path, mounts in sorted(copies):
        place = _inside(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.mkdir(exist_ok=True) if stat.S_ISDIR(os.fstat(mounts).st_mode) else place.touch()
        libc.place_mounts(mounts, str(place))
        os.close(mounts)
    for path, target in plan.links.items():
        _inside(path).parent.mkdir(parents=True, exist_ok=True)
        _inside(path).symlink_to(target)


def _copies(paths: Iterable[str], flags: int) -> list[tuple[str, int]]:
    copies = [(path, libc.clone_mounts(path)) for path in paths]
    for _, mounts in copies:
        libc.restrict_mounts(mounts, flags)
    return copies


def _inside(path: str) -> Path:
    """Where a path of the machine lies below the current directory, the new root."""
    return Path(path).relative_to("/")


if __name__ == "__main__":
    main()
