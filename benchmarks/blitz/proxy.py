"""nginx in front of the server, set up as the operator's page says: what is measured is what is written there."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs/use/operator.md"
_LINES = """\
{user}daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections {connections}; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{block}
}}
"""


def block(server: int, listen: int) -> str:
    """The `server { … }` of the page, without TLS and between these two ports."""
    found = re.search(r"```nginx\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found, f"{PAGE} has no block for nginx"
    written = found[1].replace("http://127.0.0.1:8000", f"http://127.0.0.1:{server}")
    return written.replace("listen 443 ssl;", f"listen 127.0.0.1:{listen};")


def connections() -> int:
    """What the page says a roomful needs."""
    found = re.search(r"`worker_connections (\d+);`", PAGE.read_text("utf-8"))
    assert found, f"{PAGE} says nothing of worker_connections"
    return int(found[1])


class Proxy:
    """nginx in the folder `folder` before the port `server`; listens on `port` of the loopback."""

    def __init__(self, program: str, folder: Path, server: int) -> None:
        self.port = _free_port()
        folder.mkdir()
        user = "user root;\n" if os.getuid() == 0 else ""
        lines = _LINES.format(user=user, folder=folder, connections=connections(), block=block(server, self.port))
        (folder / "nginx.conf").write_text(lines, "utf-8")
        command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        self._wait(folder)

    def stop(self) -> None:
        """Ends it, open streams too."""
        self._process.terminate()
        self._process.wait()

    def _wait(self, folder: Path) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and self._process.poll() is None:
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("nginx did not start:\n" + (folder / "error.log").read_text("utf-8"))


def nginx() -> str | None:
    """Where nginx is, if it is installed; Debian has it where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
