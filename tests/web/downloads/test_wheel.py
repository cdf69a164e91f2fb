"""The light wheel that the server packs of itself."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile

import pytest

import kafedra
from kafedra.web.downloads import wheel

EARLIER = "kafedra-0.0.7-py3-none-any.whl"


def unpacked(packed: bytes | None) -> dict[str, bytes]:
    assert packed is not None
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_same_installation_gives_the_same_bytes() -> None:
    first = wheel.content()
    wheel.code.cache_clear()
    assert wheel.content() == first


@pytest.mark.parametrize("name", [wheel.filename(), EARLIER])
def test_its_record_lists_every_file_with_its_digest(name: str) -> None:
    files = unpacked(wheel.named(name))
    record = next(name for name in files if name.endswith("/RECORD"))
    listed = [line.rsplit(",", 2) for line in files[record].decode().splitlines()]
    assert {name for name, _, _ in listed} == set(files)
    for name, digest, size in listed:
        if name != record:
            found = base64.urlsafe_b64encode(hashlib.sha256(files[name]).digest()).rstrip(b"=").decode()
            assert (digest, int(size)) == (f"sha256={found}", len(files[name]))


def test_an_earlier_name_has_the_present_code_as_that_version() -> None:
    now, then = unpacked(wheel.named(wheel.filename())), unpacked(wheel.named(EARLIER))
    modules = {name for name in now if name.startswith("kafedra/")}
    assert modules
    assert {name: then[name] for name in modules} == {name: now[name] for name in modules}
    metadata = then["kafedra-0.0.7.dist-info/METADATA"].decode()
    assert "\nVersion: 0.0.7\n" in metadata
    assert f"\nVersion: {kafedra.__version__}\n" not in metadata


@pytest.mark.parametrize(
    "name",
    [
        "kafedra-9.9-py3-none-any.whl",
        "kafedra-latest-py3-none-any.whl",
        "kafedra-0.0.1x-py3-none-any.whl",
        "kafedra-٠.٠-py3-none-any.whl",
        "other-0.0.1-py3-none-any.whl",
        "kafedra-0.0.1.tar.gz",
    ],
)
def test_what_never_was_is_not_there(name: str) -> None:
    assert wheel.named(name) is None
