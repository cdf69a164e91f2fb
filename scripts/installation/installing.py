"""pip at work, seen from outside: what it does, and how much is left."""

from __future__ import annotations

import queue
import re
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import environment
from meaning import meaning
from telling import duration, say, show, size

_UNITS = {"kB": 1e3, "MB": 1e6, "GB": 1e9}
_RAW_PROGRESS_SINCE = [24, 1]  # pip's own version


@dataclass
class Progress:
    """What pip's lines tell of one installation."""

    expected: float  # bytes to download, about
    names: list[str] = field(default_factory=list)  # packages that are unpacked, in this order, at the end
    collected: int = 0
    finished: float = 0.0  # bytes of downloads that have ended
    file: str = ""
    current: float = 0.0
    total: float = 0.0

    @property
    def downloaded(self) -> float:
        return self.finished + (self.total if self.names else self.current)

    def read(self, line: str) -> None:
        if counted := re.match(r"Progress (\d+) of (\d+)", line):
            self.current, self.total = float(counted[1]), float(counted[2])
        elif named := re.match(r"\s*Downloading (?:\S*/)?([^\s/]+?)-\d\S* \((\S+) (kB|MB|GB)\)", line):
            self.finished += self.total
            self.file, self.current, self.total = named[1], 0.0, float(named[2]) * _UNITS[named[3]]
        elif line.startswith("Collecting "):
            self.collected += 1
        elif listed := re.match(r"Installing collected packages: (.+)", line):
            self.names = listed[1].split(", ")

    def words(self, unpacked: int) -> str:
        if self.names:
            number = min(unpacked + 1, len(self.names))
            return f"unpacking {number} of {len(self.names)}, {self.names[number - 1]}"
        if not self.downloaded:
            return f"{self.collected} packages found"
        return f"{size(self.downloaded)} of about {size(self.expected)} downloaded, {self.file}"

    def result(self) -> str:
        count = len(self.names)
        what = f"{count} package{'' if count == 1 else 's'}" if count else "nothing to do"
        return what + (f", {size(self.downloaded)} downloaded" if self.downloaded else "")


def install(title: str, arguments: Sequence[str], variables: Mapping[str, str], expected: float) -> None:
    """Let pip install, and say how it goes. Raises Stopped when it fails."""
    started, progress, before = time.monotonic(), Progress(expected), _unpacked()
    last: deque[str] = deque(maxlen=400)
    process = subprocess.Popen(
        environment.pip("install", "--progress-bar", _bar(), *arguments),
        env={**variables, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        for line in _lines(process):
            if line:
                progress.read(line)
                last.append(line)
            show(f"{title}: {progress.words(_unpacked() - before)}, {duration(time.monotonic() - started)}")
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if process.wait() != 0:
        raise meaning(list(last), environment.host(variables), environment.LOG)
    say(f"{title}: {progress.result()}, {duration(time.monotonic() - started)}")


def _bar() -> str:
    version = environment.installed().get("pip", "0")
    return "raw" if [int(part) for part in version.split(".")[:2]] >= _RAW_PROGRESS_SINCE else "off"


def _unpacked() -> int:
    return sum((folder / "INSTALLER").exists() for folder in environment.packages())


def _lines(process: subprocess.Popen[str]) -> Iterator[str]:
    """What it says, and an empty line twice a second while it says nothing. All but the progress goes into the log."""
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        assert process.stdout is not None
        with environment.LOG.open("a", encoding="utf-8") as log:
            for line in process.stdout:
                if not line.startswith("Progress "):
                    log.write(line)
                lines.put(line.rstrip())
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=0.5)
        except queue.Empty:
            line = ""
        if line is None:
            return
        yield line
