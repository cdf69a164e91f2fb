"""Running the cells of a notebook, and not running those whose outputs are known."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kafedra.course.topics import TopicMaterials
from kafedra.materials.fingerprint import Surroundings, chain, surroundings
from kafedra.materials.seminars import code_of, read_seminar
from kafedra.materials.store import CellRun, RunRecord, Store
from kafedra.materials.values import wanted_values

if TYPE_CHECKING:
    from nbclient import NotebookClient

_PREPARE: Final = '__import__("kafedra.materials.kernel", fromlist=["prepare"]).prepare()'
_CLOCK: Final = 'print(__import__("time").process_time())'
_MOST_SECONDS: Final = 900


class CellFailed(Exception):
    """A cell raised. ``topic``, ``cell`` (from 1) and the traceback; the message has all three."""

    def __init__(self, topic: str, cell: int, output: Mapping[str, Any], source: str) -> None:
        self.topic, self.cell, self.source = topic, cell, source
        self.name, self.value = str(output.get("ename", "")), str(output.get("evalue", ""))
        self.traceback = "\n".join(output.get("traceback", ()))
        super().__init__(f"{topic}, cell {cell}: {self.name}: {self.value}\n{self.traceback}")


@dataclass(frozen=True)
class Executed:
    """The solved notebook of a topic with one seed: a run for each cell of code, by the cell's number from 0."""

    runs: Mapping[int, CellRun]
    values: Mapping[str, float]
    seconds: float
    fresh: bool


class Kernel:
    """A Python of its own in the topic's folder, on one core, without a network."""

    def __init__(self, client: NotebookClient) -> None:
        self._client = client
        self._count = 0

    @classmethod
    @contextlib.contextmanager
    def start(cls, folder: Path) -> Iterator[Kernel]:
        """A kernel that ends with the block."""
        import nbformat
        from nbclient import NotebookClient

        notebook = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]  # nbformat is half typed
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            allow_errors=True,
            timeout=_MOST_SECONDS,
            resources={"metadata": {"path": str(folder)}},
        )
        environment = {
            **os.environ, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
            "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        }  # fmt: skip
        client.extra_arguments = ["--HistoryManager.enabled=False"]
        manager = client.create_kernel_manager()
        with tempfile.TemporaryDirectory(prefix="kafedra-") as sockets:
            if os.name == "posix":  # no port that others on this machine could listen to
                manager.transport, manager.ip = "ipc", f"{sockets}/kernel"
            with client.setup_kernel(env=environment):
                kernel = cls(client)
                kernel.quietly(_PREPARE)
                yield kernel

    def run(self, source: str) -> list[dict[str, Any]]:
        """The outputs of one cell; an error is one of them."""
        import nbformat

        cell = nbformat.v4.new_code_cell(source)  # type: ignore[no-untyped-call]  # as above
        self._client.nb.cells.append(cell)
        self._client.execute_cell(cell, self._count, store_history=True)
        self._count += 1
        return [dict(output) for output in cell.outputs]

    def quietly(self, source: str) -> str:
        """What the cell prints, for our own use. Raises RuntimeError if it fails."""
        outputs = self.run(source)
        if failure := error_of(outputs):
            raise RuntimeError(f"{failure.get('ename')}: {failure.get('evalue')}")
        return "".join(output["text"] for output in outputs if output["output_type"] == "stream")

    def clock(self) -> float:
        """Seconds of processor time that the kernel has used."""
        return float(self.quietly(_CLOCK))


def execute(
    topic: TopicMaterials, store: Store, *, seed: int = 0, on_cell: Callable[[int, int], object] = lambda *_: None
) -> Executed:
    """The solved notebook with this seed; nothing is run if nothing has changed.

    A cell that is known keeps its outputs; from the first that isn't, outputs are new. What stood before a failure
    stays known. ``on_cell`` is told how many cells of how many are done. Raises :class:`CellFailed` each time that a
    cell fails, and ``BuildError``.
    """
    cells = code_of(read_seminar(topic).solved(seed))
    around = surroundings(topic.root, [source for _, source in cells])
    keys = chain([source for _, source in cells], around)
    if known := _known(topic, store, seed, cells, keys):
        return known
    runs, started = dict[int, CellRun](), 0.0
    with Kernel.start(topic.root) as kernel:
        started = spent = kernel.clock()
        for done, ((number, source), key) in enumerate(zip(cells, keys, strict=True), start=1):
            outputs = kernel.run(source)
            if failure := error_of(outputs):
                raise CellFailed(topic.root.name, number + 1, failure, source)
            now = kernel.clock()
            runs[number] = store.cell(key) or CellRun(_lean(outputs), now - spent)
            store.keep_cell(key, runs[number])
            spent = now
            on_cell(done, len(cells))
        values = read_values(kernel, wanted_values(topic))
    record = RunRecord(keys, values, spent - started, asdict(around))
    store.keep_record(topic.root.name, seed, record)
    return Executed(runs, values, record.seconds, fresh=True)


def known(topic: TopicMaterials, store: Store, *, seed: int = 0) -> Executed | None:
    """The execution that is known, without waiting for one: None if the notebook has changed since."""
    cells = code_of(read_seminar(topic).solved(seed))
    keys = chain([source for _, source in cells], surroundings(topic.root, [source for _, source in cells]))
    return _known(topic, store, seed, cells, keys)


def why_run(topic: TopicMaterials, store: Store, *, seed: int = 0) -> str:
    """Why the notebook would be executed, in one line; empty if it wouldn't be."""
    cells = code_of(read_seminar(topic).solved(seed))
    around = surroundings(topic.root, [source for _, source in cells])
    keys = chain([source for _, source in cells], around)
    record = store.record(topic.root.name, seed)
    if record is None:
        return "was never executed"
    before = Surroundings(**record.around)
    for name in ("python", "packages", "files", "kernel"):
        if getattr(before, name) != getattr(around, name):
            return f"{name} changed: {_difference(getattr(before, name), getattr(around, name))}"
    for place, key in enumerate(keys):
        if place >= len(record.keys) or record.keys[place] != key:
            return f"cell {cells[place][0] + 1} changed"
    if missing := set(wanted_values(topic)) - set(record.values):
        return f"wanted besides: {', '.join(sorted(missing))}"
    return "" if _known(topic, store, seed, cells, keys) else "outputs were forgotten"


def error_of(outputs: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The error among the outputs of a cell, or None."""
    return next((output for output in outputs if output["output_type"] == "error"), None)


def read_values(kernel: Kernel, names: Sequence[str]) -> dict[str, float]:
    """Numbers that the notebook has under these names. Raises RuntimeError for one that isn't there or is none."""
    if not names:
        return {}
    listed = ", ".join(f"({name!r}, {name})" for name in names)
    found = kernel.quietly(f"print(__import__('json').dumps([(name, float(value)) for name, value in [{listed}]]))")
    return dict(json.loads(found))


def _known(
    topic: TopicMaterials, store: Store, seed: int, cells: Sequence[tuple[int, str]], keys: tuple[str, ...]
) -> Executed | None:
    record = store.record(topic.root.name, seed)
    if record is None or record.keys != keys or set(wanted_values(topic)) - set(record.values):
        return None
    runs = {number: run for (number, _), key in zip(cells, keys, strict=True) if (run := store.cell(key))}
    return Executed(runs, record.values, record.seconds, fresh=False) if len(runs) == len(cells) else None


def _lean(outputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Without the text that stands for a picture: it names an address in memory."""
    lean = list[Mapping[str, Any]]()
    for output in outputs:
        data = output.get("data")
        if data and "image/png" in data:
            data = {mime: content for mime, content in data.items() if mime != "text/plain"}
            lean.append({**output, "data": data})
        else:
            lean.append(output)
    return lean


def _difference(before: Any, after: Any) -> str:
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return f"{before} → {after}" if len(str(before)) < 20 else "another digest"
    changed = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return ", ".join(changed)
