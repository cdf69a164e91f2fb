"""The site of some runs as files for any web host: the same views and templates, for visitors, without a server.

Beginning with the plan, every page that a page leads to is written, with relative addresses. What leads nowhere is an
error: a site of files has no dead links.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation

from kafedra.materials import Passage, as_json
from kafedra.web.frame.language import spoken
from kafedra.web.materials import searching
from kafedra.web.materials.access import ExportRequest, Reader
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

_ADDRESS: Final = re.compile(r'(\s(?:href|src|action)=")(/[^"]*)(")')
_NAMED: Final = re.compile(r'filename="([\w.-]+)"')
_ENDINGS: Final = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif"}
_MANIFEST: Final = ".kafedra-site.json"


class DeadLink(Exception):
    """A page leads to what isn't there."""


@dataclass
class _File:
    """What is written: where, and from which address of the server it comes."""

    place: PurePosixPath
    content: bytes
    is_page: bool = False


@dataclass
class _Site:
    """Everything found so far, by address."""

    slugs: Sequence[str]
    files: dict[str, _File] = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)  # address -> the page that leads there


def export(runs: Sequence[str], folder: Path) -> tuple[int, int]:
    """Write the site of these runs, the one shown first in front; how many files there are and how many changed.

    Files that an earlier export wrote and this one doesn't are removed; what else is in the folder stays. Raises
    DeadLink.
    """
    site = _Site(runs)
    zone, language = course.current().timezone, course.current().language
    with translation.override(language), timezone.override(zone):
        for slug in runs:
            site.wanted[reverse("materials:plan", args=[slug])] = "the beginning"
        while site.wanted:
            _take(site, *site.wanted.popitem())
    first = site.files[reverse("materials:plan", args=[runs[0]])]
    written = {one.place: _linked(site, one) for one in site.files.values()}
    written[PurePosixPath("index.html")] = _linked(site, _File(PurePosixPath("index.html"), first.content, True))
    return len(written), _write(folder, written)


def _take(site: _Site, address: str, found_on: str) -> None:
    if address.startswith(settings.STATIC_URL):
        site.files[address] = _static(address, found_on)
        return
    slug = next((slug for slug in site.slugs if address.startswith(f"/{slug}/")), None)
    if slug is None:
        raise DeadLink(f"{found_on} leads to {address}, which is no page of this site")
    if address == _index_of(slug):
        site.files[address] = _File(PurePosixPath(address.lstrip("/")), _index(_reader(slug)))
        return
    response = _answer(site, address, slug, found_on)
    page = response.headers["Content-Type"].startswith("text/html")
    site.files[address] = _File(_place(address, response), response.content, page)
    if page:
        for link in _links(response.content):
            if link not in site.files:
                site.wanted.setdefault(link, address)


def _answer(site: _Site, address: str, slug: str, found_on: str) -> HttpResponse:
    request = ExportRequest(address, _reader(slug), site.slugs, _index_of(slug))
    try:
        match = resolve(address)
        response = match.func(request, *match.args, **match.kwargs)
    except (Http404, Resolver404):
        raise DeadLink(f"{found_on} leads to {address}, which isn't there") from None
    if response.status_code != 200:
        raise DeadLink(f"{found_on} leads to {address}, which visitors can't open")
    assert isinstance(response, HttpResponse)  # no view of the site streams
    return response


def _reader(slug: str) -> Reader:
    return Reader(Run(slug=slug), course.current().runs[slug], None)


def _place(address: str, response: HttpResponse) -> PurePosixPath:
    path = unquote(address).lstrip("/")
    if path.endswith("/"):
        return PurePosixPath(path) / "index.html"
    if named := _NAMED.search(response.headers.get("Content-Disposition", "")):
        return PurePosixPath(path).with_name(named[1])
    return PurePosixPath(path + _ENDINGS.get(response.headers["Content-Type"], ""))


def _static(address: str, found_on: str) -> _File:
    name = unquote(address.removeprefix(settings.STATIC_URL))
    source = finders.find(name)
    if not isinstance(source, str):
        raise DeadLink(f"{found_on} needs {address}, which isn't there")
    return _File(PurePosixPath("static") / name, Path(source).read_bytes())


def _links(page: bytes) -> Iterator[str]:
    for found in _ADDRESS.finditer(page.decode()):
        yield urlsplit(html.unescape(found[2])).path


def _linked(site: _Site, one: _File) -> bytes:
    """The page with relative addresses; anything else as it is."""
    if not one.is_page:
        return one.content

    def relative(found: re.Match[str]) -> str:
        parts = urlsplit(html.unescape(found[2]))
        target = os.path.relpath(site.files[parts.path].place, one.place.parent)
        address = target + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        return f"{found[1]}{html.escape(address)}{found[3]}"

    return _ADDRESS.sub(relative, one.content.decode()).encode()


def _index_of(slug: str) -> str:
    return reverse("materials:search", args=[slug]) + "index.js"


def _index(reader: Reader) -> bytes:
    """The search index as a script, so that it also works where a page is opened from a disk."""
    here = reverse("materials:search", args=[reader.run.slug])
    return b"window.kafedraIndex = " + as_json(list(_passages(reader, here))).encode() + b";\n"


def _passages(reader: Reader, here: str) -> Iterator[Passage]:
    places = searching.Places(reader)
    for passage in searching.passages():
        if passage.kind == "blitz":
            continue  # practice needs a server
        if address := places.of(passage):
            path, anchor = urlsplit(address).path, urlsplit(address).fragment
            target = os.path.relpath(path, here) + "/index.html" + (f"#{anchor}" if anchor else "")
            yield replace(passage.in_(spoken()), kind=searching.over(passage), where=target, anchor="")


def _write(folder: Path, files: dict[PurePosixPath, bytes]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    manifest, changed = folder / _MANIFEST, 0
    for place, content in files.items():
        target = folder / place
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            changed += 1
    names = sorted(str(place) for place in files)
    for name in set(_before(manifest)) - set(names):
        (folder / name).unlink(missing_ok=True)
        changed += 1
    manifest.write_text(json.dumps(names, indent=0), "utf-8")
    return changed


def _before(manifest: Path) -> list[str]:
    """What an earlier export wrote; a name that leads out of the folder was not ours."""
    try:
        found = json.loads(manifest.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    names = [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
    return [name for name in names if not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts]
