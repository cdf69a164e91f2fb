"""Which addresses under /git/ exist."""

from __future__ import annotations

import pytest

from kafedra.web.pushes.address import parse

BASE = "/git/2023/activations/anna-k.git"


@pytest.mark.parametrize(
    ("method", "tail", "query", "write", "brings_push"),
    [
        ("GET", "info/refs", "service=git-upload-pack", False, False),
        ("POST", "git-upload-pack", "", False, False),
        ("GET", "info/refs", "service=git-receive-pack", True, False),
        ("POST", "git-receive-pack", "", True, True),
    ],
)
def test_the_four_requests_of_smart_http(method: str, tail: str, query: str, write: bool, brings_push: bool) -> None:
    address = parse(method, f"{BASE}/{tail}", query)
    assert address is not None
    assert (address.run, address.assignment, address.login) == ("2023", "activations", "anna-k")
    assert (address.write, address.brings_push) == (write, brings_push)


@pytest.mark.parametrize(
    ("method", "path", "query"),
    [
        ("GET", f"{BASE}/info/refs", ""),
        ("GET", f"{BASE}/info/refs", "service=git-upload-archive"),
        ("GET", f"{BASE}/info/refs", "service=git-upload-pack&service=git-receive-pack"),
        ("POST", f"{BASE}/info/refs", "service=git-upload-pack"),
        ("GET", f"{BASE}/git-receive-pack", ""),
        ("GET", f"{BASE}/HEAD", ""),
        ("GET", f"{BASE}/objects/info/packs", ""),
        ("GET", BASE, ""),
        ("GET", "/git/2023/activations/../../secret-key", ""),
        ("POST", "/git/2023/activations/../anna.git/git-receive-pack", ""),
        ("POST", "/git/2023/activations/anna.git.git/git-receive-pack", ""),
        ("POST", "/git/2023/activations/-anna.git/git-receive-pack", ""),
        ("POST", "/git/2023/activations/Анна.git/git-receive-pack", ""),
        ("POST", f"{BASE}/git-receive-pack\n", ""),
    ],
)
def test_anything_else_is_nothing(method: str, path: str, query: str) -> None:
    assert parse(method, path, query) is None
