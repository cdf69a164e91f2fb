"""A git client as the door sees it: requests made by hand, so that a test decides when which byte comes."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from kafedra.web.frame.doors import Message
from kafedra.web.git.command import git
from kafedra.web.git.references import MAIN
from kafedra.web.people.models import User
from kafedra.web.people.services import issue_token
from kafedra.web.pushes.http import GitOverHTTP
from kafedra.web.submissions.models import Repository

IDENTITY = {
    name: value
    for who in ("AUTHOR", "COMMITTER")
    for name, value in ((f"GIT_{who}_NAME", "Анна"), (f"GIT_{who}_EMAIL", "anna@example.org"))
}


def authorization(user: User) -> bytes:
    """The header that git sends for the user, with a token of its own."""
    _row, token = issue_token(user=user, label="laptop")
    return b"Basic " + base64.b64encode(f"{user.username}:{token}".encode())


def commit_on(path: Path, start: str, tree: str = "") -> str:
    """A commit on top of `start`, made in the bare repository itself; nothing points at it."""
    tree = tree or git(["rev-parse", f"{start}^{{tree}}"], repository=path).decode().strip()
    made = git(["commit-tree", tree, "-p", start, "-m", "Решение"], repository=path, variables=IDENTITY)
    return made.decode().strip()


def pack_of(path: Path, start: str, commit: str) -> bytes:
    """What a client would send that has `commit` on top of `start`."""
    wanted = f"{commit}\n^{start}\n".encode()
    return git(["pack-objects", "--revs", "--thin", "--stdout", "-q"], repository=path, stdin=wanted)


def push_body(updates: Iterable[tuple[str, str, str]], pack: bytes) -> bytes:
    """Updates `(old, new, reference)` and a pack as one body of a push."""
    lines = [f"{old} {new} {reference}".encode() for old, new, reference in updates]
    lines[0] += b"\0report-status side-band-64k agent=git/2.39.5"
    return b"".join(b"%04x" % (len(line) + 4) + line for line in lines) + b"0000" + pack


async def post(door: GitOverHTTP, repository: Repository, header: bytes, pieces: AsyncIterator[bytes]) -> bytes:
    """Send `pieces` as the body of a push, and return status and answer as they came."""
    address = f"{repository.run.slug}/{repository.assignment}/{repository.student.username}.git"
    scope = {
        "type": "http",
        "method": "POST",
        "path": f"/git/{address}/git-receive-pack",
        "query_string": b"",
        "headers": [(b"authorization", header), (b"content-type", b"application/x-git-receive-pack-request")],
    }
    answer = bytearray()

    async def receive() -> Message:
        async for piece in pieces:
            return {"type": "http.request", "body": piece, "more_body": True}
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        answer.extend(b"%d\n" % message["status"] if "status" in message else message.get("body", b""))

    async with asyncio.timeout(60):
        await door(scope, receive, send)
    return bytes(answer)


async def at_once(body: bytes) -> AsyncIterator[bytes]:
    """The body in one piece."""
    yield body


def an_update(old: str, new: str, reference: str = MAIN) -> list[tuple[str, str, str]]:
    return [(old, new, reference)]
