"""The light wheel that the server packs of itself."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile

from kafedra.web.downloads import wheel


def test_the_same_installation_gives_the_same_bytes() -> None:
    first = wheel.content()
    wheel.content.cache_clear()
    assert wheel.content() == first


def test_its_record_lists_every_file_with_its_digest() -> None:
    with zipfile.ZipFile(io.BytesIO(wheel.content())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    record = next(name for name in files if name.endswith("/RECORD"))
    listed = [line.rsplit(",", 2) for line in files[record].decode().splitlines()]
    assert {name for name, _, _ in listed} == set(files)
    for name, digest, size in listed:
        if name != record:
            found = base64.urlsafe_b64encode(hashlib.sha256(files[name]).digest()).rstrip(b"=").decode()
            assert (digest, int(size)) == (f"sha256={found}", len(files[name]))
