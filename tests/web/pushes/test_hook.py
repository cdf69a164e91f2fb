"""What git starts when a push arrives, and the server's side of it. It gets on alone, too."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from kafedra.web import clock
from kafedra.web.pushes import hook
from kafedra.web.pushes.hooks import install
from kafedra.web.pushes.listener import HookCall, Listener, Say
from kafedra.web.pushes.pushes import Push, PushesInProgress
from kafedra.web.pushes.rules import Update
from kafedra.web.pushes.slots import Slot

OLD, NEW = "0" * 40, "1" * 40
COMMAND = [sys.executable, "-I", "-S", hook.__file__]


@pytest.mark.parametrize(
    ("name", "refs", "code", "words"),
    [
        ("pre-receive", ["refs/heads/main"], 0, ""),
        ("post-receive", ["refs/heads/main"], 0, hook.STORED["ru"]),
        ("pre-receive", ["refs/heads/draft"], 1, hook.ONLY_MAIN["ru"]),
        ("pre-receive", ["refs/heads/main", "refs/heads/draft"], 1, hook.ONLY_MAIN["ru"]),
    ],
)
@pytest.mark.parametrize("place", ["/nonexistent", None], ids=["nobody listens", "no place is known"])
def test_without_a_server_main_is_kept_and_nothing_else(
    name: str, refs: list[str], code: int, words: str, place: str | None
) -> None:
    told = "".join(f"{OLD} {NEW} {ref}\n" for ref in refs)
    variables = {"KAFEDRA_LANGUAGE": "ru", **({"KAFEDRA_SOCKET": place} if place else {})}
    done = subprocess.run([*COMMAND, name], input=told.encode(), env=variables, capture_output=True, check=False)
    assert (done.returncode, done.stdout.decode().strip(), done.stderr) == (code, words, b"")


@pytest.mark.parametrize("secret", ["its own", "another's"])
def test_the_server_hears_what_git_told_and_its_words_come_through(tmp_path: Path, secret: str) -> None:
    """A name of a branch may hold what Unicode takes for the end of a line: it is one branch all the same."""
    repository = tmp_path / "r.git"
    inside, outside = repository / "objects" / "incoming", tmp_path / "elsewhere"
    ref = "refs/heads/ветка\u2028main"
    heard: list[HookCall] = []

    async def answer(push: Push, call: HookCall, say: Say) -> int:
        heard.append(call)
        await say("первое\n")
        await say("второе\n")
        return 3

    async def asked() -> tuple[int | None, str]:
        hooks, pushes = install(tmp_path), PushesInProgress()
        async with (
            Listener(hooks.socket, pushes, {"pre-receive": answer}),
            pushes.one(1, repository, "ru", Slot(), clock.now()) as push,
        ):
            process = await asyncio.create_subprocess_exec(
                *COMMAND,
                "pre-receive",
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={
                    "KAFEDRA_SOCKET": str(hooks.socket),
                    "KAFEDRA_PUSH": push.secret if secret == "its own" else secret,
                    "GIT_QUARANTINE_PATH": str(inside),
                    "GIT_OBJECT_DIRECTORY": str(outside),
                },
            )
            printed, _ = await process.communicate(f"{OLD} {NEW} {ref}\n".encode())
            return process.returncode, printed.decode()

    if secret == "its own":
        assert asyncio.run(asked()) == (3, "первое\nвторое\n")
        assert heard == [HookCall((Update(OLD, NEW, ref),), {"GIT_QUARANTINE_PATH": str(inside)})]
    else:
        assert asyncio.run(asked()) == (1, "")
        assert heard == []
