"""The door for ``git clone``, ``git fetch`` and ``git push``: an ASGI application of its own beside Django's.

Beside and not inside, because Django first stores a request's whole body on disk; here a push goes straight
into git, and git's words go straight to the student's terminal.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from kafedra.web.frame.doors import Receive, Scope, Send
from kafedra.web.git.command import GitFailed
from kafedra.web.git.packs import MalformedPack, PackTooLarge, survey
from kafedra.web.people.models import User
from kafedra.web.people.runs import NoLongerMember
from kafedra.web.pushes import answer, credentials
from kafedra.web.pushes.address import Address, parse
from kafedra.web.pushes.backend import Backend, BackendFailed, Read
from kafedra.web.pushes.commands import Commands, MalformedPush, read_commands
from kafedra.web.pushes.exchange import Exchange
from kafedra.web.pushes.pushes import Push, PushesInProgress
from kafedra.web.pushes.rules import no_longer_member
from kafedra.web.pushes.sideband import refused
from kafedra.web.pushes.slots import Slot, Slots
from kafedra.web.pushes.threads import at_the_door, in_thread
from kafedra.web.pushes.upload import Upload
from kafedra.web.runs import course
from kafedra.web.submissions import offering, quota
from kafedra.web.submissions.access import access_repository
from kafedra.web.submissions.models import Repository
from kafedra.web.submissions.storage import repository_path

log = logging.getLogger(__name__)

_NO_CACHE = (b"cache-control", b"no-cache")
_CHALLENGE = (b"www-authenticate", b'Basic realm="kafedra", charset="UTF-8"')
_RESULT = ((b"content-type", b"application/x-git-receive-pack-result"), _NO_CACHE)
_PROTOCOL = re.compile(r"version=\d")


class InstalledHooks(Protocol):
    """Where git finds its hooks, and they the server."""

    @property
    def folder(self) -> Path: ...

    @property
    def socket(self) -> Path: ...


class GitOverHTTP:
    """Answers everything under ``/git/``."""

    def __init__(self, pushes: PushesInProgress, hooks: InstalledHooks, slots: Slots | None = None) -> None:
        self._pushes, self._hooks = pushes, hooks
        self._slots = slots or Slots(settings.GIT_PROCESSES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange(scope, receive, send)
        with translation.override(credentials.language_of(exchange.header("accept-language"))):
            address = parse(exchange.method, exchange.path, exchange.query)
            if address is None:
                await exchange.text(404, _("There is no git repository at this address."))
                return
            if credentials.malformed(exchange.header("authorization")):
                await exchange.text(400, _("The login and the token can't be read: they are not encoded as base64."))
                return
            user = await at_the_door(credentials.user_of, exchange.header("authorization"))
            if user is None:
                told = exchange.header("authorization"), exchange.header("accept-language")
                await exchange.text(401, await at_the_door(credentials.refusal, *told), _CHALLENGE)
                return
            with translation.override(user.language or course.current().language):
                await self._open(exchange, address, user)

    async def _open(self, exchange: Exchange, address: Address, user: User) -> None:
        try:
            repository = await at_the_door(
                access_repository, user, address.run, address.assignment, address.login, write=address.write
            )
        except NoLongerMember:
            await exchange.text(404, no_longer_member())
        except Http404:
            await exchange.text(404, _("You have no repository here: check the address on the assignment's page."))
        except PermissionDenied:
            await exchange.text(403, _("This repository is yours to read, and its student's to push to."))
        else:
            await self._serve(exchange, address, repository, user)

    async def _serve(self, exchange: Exchange, address: Address, repository: Repository, user: User) -> None:
        request = _cgi(exchange, address, repository, user)
        if not address.write and repository.student_id == user.pk:
            request |= await in_thread(_as_offered, repository, address)
        async with self._slots.one(user.pk) as slot:
            if not address.brings_push:
                await slot.work()
                await self._pass_on(exchange, request, exchange.read)
            elif exchange.header("content-encoding"):
                # No git client compresses a push; unpacking one here would only open a door for bombs.
                await exchange.text(415, _("Compressed pushes are not taken: update your git client."))
            else:
                await self._take(exchange, request, repository, slot)

    async def _take(self, exchange: Exchange, request: dict[str, str], repository: Repository, slot: Slot) -> None:
        """Content first, and only then a slot: whoever keeps all slots busy gains nobody time to write."""
        with Upload(settings.DATA_DIR / "incoming", settings.MAX_PUSH_BYTES) as upload:
            received_at = await upload.take_in(exchange.read)
            if exchange.broken:
                return
            try:
                commands = read_commands(upload.file)
            except MalformedPush:
                await exchange.text(400, _("This is no push that git would send."))
                return
            await slot.work()
            if refusal := await in_thread(_refusal, upload, commands, repository):
                await exchange.start(200, _RESULT)
                await exchange.send(refused(commands.references, answer.refusal(refusal)))
                await exchange.end()
                return
            upload.rewind()
            path = repository_path(repository)
            async with self._pushes.one(repository.pk, path, translation.get_language(), slot, received_at) as push:
                await self._pass_on(exchange, {**request, **self._introduce(push)}, upload.read)

    async def _pass_on(self, exchange: Exchange, request: dict[str, str], read: Read) -> None:
        async with Backend(request, self._settings()) as backend:
            await backend.feed(read)
            try:
                head = await backend.head()
            except BackendFailed:
                await exchange.text(500, _("Git did not answer: the fault is ours. Try again in a minute."))
                return
            await exchange.start(head.status, head.headers)
            async for chunk in backend.body():
                await exchange.send(chunk)
            await exchange.end()

    def _settings(self) -> dict[str, str]:
        return {
            "http.receivepack": "true",
            "receive.denyNonFastForwards": "true",
            "receive.denyDeletes": "true",
            "receive.fsckObjects": "true",
            "receive.autogc": "false",  # nobody waits for it in a terminal: `submissions.tidying` does it
            "receive.maxInputSize": str(settings.MAX_PUSH_BYTES),
            "core.hooksPath": str(self._hooks.folder),
            "transfer.hideRefs": offering.HIDDEN,
        }

    def _introduce(self, push: Push) -> dict[str, str]:
        return {
            "KAFEDRA_PUSH": push.secret,
            "KAFEDRA_SOCKET": str(self._hooks.socket),
            "KAFEDRA_LANGUAGE": push.language,
        }


def _as_offered(repository: Repository, address: Address) -> dict[str, str]:
    """What makes git show the student main together with what the course has published since."""
    try:
        asks = address.tail == "info/refs"
        found = offering.offer(repository) if asks else offering.is_offered(repository)
    except GitFailed:
        log.exception("%s: the course's new version could not be offered", repository)
        found = False
    return {"GIT_NAMESPACE": offering.NAMESPACE} if found else {}


def _cgi(exchange: Exchange, address: Address, repository: Repository, user: User) -> dict[str, str]:
    variables = {
        "GIT_PROJECT_ROOT": str(settings.REPOSITORIES_DIR),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": f"/{repository.path}/{address.tail}",
        "REQUEST_METHOD": exchange.method,
        "QUERY_STRING": f"service={address.service}" if exchange.method == "GET" else "",
        "CONTENT_TYPE": exchange.header("content-type"),
        "REMOTE_USER": user.get_username(),
        "REMOTE_ADDR": exchange.client,
    }
    if length := exchange.header("content-length"):
        variables["CONTENT_LENGTH"] = length
    if exchange.header("content-encoding") == "gzip":
        variables["HTTP_CONTENT_ENCODING"] = "gzip"
    if _PROTOCOL.fullmatch(protocol := exchange.header("git-protocol")):
        variables["HTTP_GIT_PROTOCOL"] = variables["GIT_PROTOCOL"] = protocol
    return variables


def _refusal(upload: Upload, commands: Commands, repository: Repository) -> str:
    """Why this push can't be taken, found before git sees it and anything is written; or nothing."""
    if upload.size > upload.kept:
        return _too_big(upload.size)
    if refusal := quota.refusal(repository, upload.size):
        return refusal
    if upload.size == commands.pack_at:  # only asks, or deletes
        return ""
    try:
        survey(upload.file, commands.pack_at)
    except PackTooLarge:
        return _too_much_unpacked()
    except MalformedPack:
        return _("This push is damaged: its contents can't be read. Nothing was stored. Push again.")
    quota.taken(upload.size)
    return ""


def _too_much_unpacked() -> str:
    return _(
        "This push is small, but what it holds is not: unpacked there would be too many files, or too large ones. "
        "Nothing was stored. Take your commits back, add only what is needed and push again:\n\n"
        "    git reset origin/main\n    git add FILES\n    git commit\n    git push"
    )


def _too_big(size: int) -> str:
    return _(
        "This push is {size} MB, and at most {limit} MB are taken. Nothing was stored. "
        "Most often data or the outputs of cells got into a commit. Take your commits back, "
        "add only what is needed and push again:\n\n"
        "    git reset origin/main\n    git add FILES\n    git commit\n    git push"
    ).format(size=size // 2**20, limit=settings.MAX_PUSH_BYTES // 2**20)
