"""A package index on loopback, with packages that hold nothing, and a server that never answers."""

from __future__ import annotations

import io
import socket
import threading
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def wheel(name: str, version: str, requires: Sequence[str] = (), kilobytes: int = 1) -> tuple[str, bytes]:
    """File name and content of a package for any Python; its one module says its version."""
    info = f"{name}-{version}.dist-info"
    extras = [f"Provides-Extra: {one.split(chr(34))[1]}" for one in requires if "extra ==" in one]
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *extras]
    files = {
        f"{name}.py": f"version = {version!r}\n",
        f"{name}.bin": "x" * 1024 * kilobytes,
        f"{info}/METADATA": "\n".join([*lines, *(f"Requires-Dist: {one}" for one in requires), ""]),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, text in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(path, text)
    return f"{name}-{version}-py3-none-any.whl", packed.getvalue()


class Index(ThreadingHTTPServer):
    """Serves wheels; `asked` are the paths that were fetched. While `flowing` is clear, files come by half."""

    daemon_threads = True

    def __init__(self, *wheels: tuple[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.wheels = dict(wheels)
        self.asked: list[str] = []
        self.flowing, self.stuck = threading.Event(), threading.Event()
        self.flowing.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/simple"

    def page(self, project: str) -> str:
        names = [name for name in self.wheels if name.split("-")[0].replace("_", "-") == project]
        return "".join(f'<a href="/files/{name.replace("+", "%2B")}">{name}</a>\n' for name in names)


class _Answer(BaseHTTPRequestHandler):
    server: Index

    def do_GET(self) -> None:  # the name that the standard library calls
        self.server.asked.append(self.path)
        name = self.path.replace("%2B", "+").rstrip("/").rpartition("/")[2]
        if self.path.startswith("/files/"):
            self._send(self.server.wheels[name], "application/octet-stream")
        elif page := self.server.page(name):
            self._send(page.encode(), "text/html")
        else:
            self.send_error(404)

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        half = len(body) // 2
        self.wfile.write(body[:half])
        if self.path.startswith("/files/") and not self.server.flowing.is_set():
            self.server.stuck.set()
            self.server.flowing.wait()
        self.wfile.write(body[half:])

    def log_message(self, *arguments: object) -> None:
        """Nobody reads it."""


@contextmanager
def serving(*wheels: tuple[str, bytes]) -> Iterator[Index]:
    with Index(*wheels) as index:
        thread = threading.Thread(target=index.serve_forever, args=(0.05,))
        thread.start()
        yield index
        index.flowing.set()
        index.shutdown()
        thread.join()


@contextmanager
def never_answering() -> Iterator[str]:
    """The address of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/cpu"


def refusing() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return f"http://127.0.0.1:{listening.getsockname()[1]}/cpu"
