"""``python -m benchmarks.grading [--json] [--quick]``."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.grading import ours, peers


def measure(quick: bool) -> dict[str, Any]:
    """All figures. ``quick`` takes small numbers: to see that it runs, not to quote."""
    workers = min(2, os.cpu_count() or 1)
    _say("one warm grader …")
    single, bare = ours.latency(20 if quick else 100), ours.in_process_seconds()
    _say("a burst of 100 …")
    per_minute, burst_p95 = ours.burst(20 if quick else 100, workers)
    with tempfile.TemporaryDirectory(prefix="kafedra-bench-") as name:
        _say("otter-grader …")
        otter = peers.otter_per_minute(Path(name) / "otter", 2 if quick else 6, workers)
        _say("nbgrader …")
        nbgrader = peers.nbgrader_per_minute(Path(name) / "nbgrader", 2 if quick else 6)
    _say("two thousand submissions …")
    submissions = 100 if quick else 2000
    growth = ours.growth(submissions)
    return {
        "cores": workers,
        "per_minute": round(per_minute, 1),
        "otter_per_minute": round(otter, 2),
        "nbgrader_per_minute": round(nbgrader, 2),
        "otter_ratio": round(per_minute / otter, 1),
        "nbgrader_ratio": round(per_minute / nbgrader, 1),
        "warm_median_s": round(single.median, 4),
        "warm_p95_s": round(single.p95, 4),
        "overhead_ms": round((single.median - bare) * 1000, 1),
        "burst_p95_s": round(burst_p95, 2),
        "submissions": submissions,
        "growth_percent": round(growth.percent, 2),
        "memory_mb": round(growth.most, 1),
        "left_over": growth.left_over,
        "stages_ms": {name: round(seconds * 1000, 1) for name, seconds in single.stages.items()},
    }


def show(found: dict[str, Any]) -> None:
    """The table that stands in docs/develop/performance.md."""
    table = Table(title=f"Four tiny tests of a PyTorch homework, {found['cores']} cores")
    for heading in ("", "verdicts per minute", "kafedra is faster by"):
        table.add_column(heading, justify="left" if not heading else "right")
    table.add_row("kafedra", f"{found['per_minute']:.0f}", "")
    table.add_row(peers.VERSIONS["otter"], f"{found['otter_per_minute']:.1f}", f"× {found['otter_ratio']:.0f}")
    table.add_row(peers.VERSIONS["nbgrader"], f"{found['nbgrader_per_minute']:.1f}", f"× {found['nbgrader_ratio']:.0f}")
    Console().print(table)
    stages = ", ".join(f"{name} {value:.0f}" for name, value in found["stages_ms"].items())
    print(f"one verdict, warm: median {found['warm_median_s'] * 1000:.0f} ms, p95 {found['warm_p95_s'] * 1000:.0f} ms")
    print(f"  of it, in ms: {stages}; over the tests' own time: {found['overhead_ms']:.0f} ms")
    print(f"a burst of 100: 95 % have their verdict after {found['burst_p95_s']:.1f} s")
    left = found["left_over"] or "nothing"
    memory = f"memory {found['growth_percent']:+.1f} % ({found['memory_mb']:.0f} MiB)"
    print(f"{found['submissions']} submissions: {memory}, left over: {left}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def main() -> None:
    """Measure, show the table, and with ``--json`` one line of figures at the end."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading", description=main.__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object in the last line")
    parser.add_argument("--quick", action="store_true", help="small numbers: to see that it runs")
    arguments = parser.parse_args()
    found = measure(arguments.quick)
    show(found)
    if arguments.json:
        print(json.dumps(found))


main()
