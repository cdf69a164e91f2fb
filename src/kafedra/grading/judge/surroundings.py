"""What the student's machine has and this one does not, where an exception comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kafedra.course import Assignment, Language
from kafedra.grading import messages
from kafedra.grading.judge.outside import starts_programs, uses_network
from kafedra.grading.judge.packages import packages_there
from kafedra.grading.judge.source import StudentSource

_NO_MODULE: Final = re.compile(r"No module named '([\w.]{1,100})'")
_NO_GPU: Final = ("Found no NVIDIA driver", "not compiled with CUDA", "No CUDA GPUs are available", "No HIP GPUs")
# how it shows that processes of the student's can't share memory here
_NO_WORKERS: Final = ("FileNotFoundError", "PermissionError", "OSError", "RuntimeError", "BrokenProcessPool")
_WORKERS: Final = re.compile(r"\bnum_workers\s*=\s*(?!0\b)|\bmultiprocessing\b|\bProcessPoolExecutor\b")
# how a download ends, in the words of whichever library does it, or with what a program that is started ends with, too
_UNREACHED: Final = ("name resolution", "Name or service not known", "Failed to resolve", "urlopen error")
_NOT_PERMITTED: Final = "[Errno 1] Operation not permitted"
_NO_FILE: Final = re.compile(r"No such file or directory: '([^'\n]{1,100})'")
_NOBODY_TYPES: Final = "EOF when reading a line"


class Surroundings:
    """Of one submission: packages, modules and files beside it, a graphics card, who types, a program's end."""

    def __init__(self, assignment: Assignment, source: StudentSource, language: Language) -> None:
        self._preload = assignment.environment.preload
        self._gpu = assignment.environment.gpu
        self._data = assignment.data
        self._handed_in = assignment.handed_in
        self._source = source
        self._tree = source.module.tree
        self._language = language

    def behind(self, name: str, body: str) -> Iterator[str]:
        """The cause of an exception of this name and text, if it is of that kind."""
        if name in (ModuleNotFoundError.__name__, ImportError.__name__) and (module := _NO_MODULE.match(body)):
            yield self._no_module(module[1])
        elif not self._gpu and any(words in body for words in _NO_GPU):
            yield self._say("no_gpu")
        elif any(words in body for words in _UNREACHED) or (_NOT_PERMITTED in body and uses_network(self._tree)):
            yield self._say("no_network")
        elif _NOT_PERMITTED in body and starts_programs(self._tree):
            yield self._say("no_programs")
        elif name in _NO_WORKERS and _WORKERS.search(self._source.module.text):
            yield self._say("no_workers")
        elif name == FileNotFoundError.__name__ and (file := _NO_FILE.search(body)):
            has = ", ".join([*self._data, *self._source.files])
            yield self._say("no_such_data" if has else "no_data", name=file[1], has=has)
        elif name == EOFError.__name__ and body == _NOBODY_TYPES:
            yield self._say("nobody_types")
        elif name == SystemExit.__name__:
            yield self._say("ends_itself")

    def _no_module(self, name: str) -> str:
        path = name.replace(".", "/")
        if absent := [one for one in self._source.absent if one in (f"{path}.py", f"{path}/__init__.py")]:
            return self._say("no_such_file", names=absent[0])
        words = {"name": name, "has": ", ".join(packages_there(self._preload))}
        if len(self._handed_in) > 1:
            return self._say("no_module_among", files=", ".join(self._handed_in), **words)
        if self._source.file:
            return self._say("no_module_in_file", file=self._source.file, **words)
        return self._say("no_module", **words)

    def _say(self, key: str, **values: object) -> str:
        return messages.text(key, self._language, **values)
