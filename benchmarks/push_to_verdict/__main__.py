"""``python -m benchmarks.push_to_verdict [--pushes N] [--json] [--no-peer] [--burst STUDENTS [--within SECONDS]]``."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.push_to_verdict.bursting import measured_burst
from benchmarks.push_to_verdict.peer import classroom_style
from benchmarks.push_to_verdict.pushing import measured_pushes
from benchmarks.push_to_verdict.table import TARGET_BURST_SECONDS, TARGET_SECONDS, figures, show, show_burst


def main() -> int:
    """0 when the median is within the target, 1 when it is not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pushes", type=int, default=30, help="how many pushes to measure (default: 30)")
    parser.add_argument("--course", type=Path, default=Path("course"))
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    parser.add_argument("--no-peer", action="store_true", help="leave out the comparison (≈ 15 s)")
    parser.add_argument("--burst", type=int, metavar="STUDENTS", help="instead: so many students push at once")
    parser.add_argument("--within", type=float, default=60, help="seconds in which the burst begins (default: 60)")
    asked = parser.parse_args()
    if asked.burst:
        return _burst(asked.course, asked.burst, asked.within, asked.json)
    with tempfile.TemporaryDirectory(prefix="kafedra-bench-") as folder:
        pushes = measured_pushes(asked.course, Path(folder), asked.pushes)
        peer = None if asked.no_peer else classroom_style(asked.course)
    found = figures(pushes, peer)
    show(found)
    if asked.json:
        print(json.dumps(found))
    return 0 if found["median_s"] <= TARGET_SECONDS else 1


def _burst(course: Path, students: int, within: float, as_json: bool) -> int:
    with tempfile.TemporaryDirectory(prefix="kafedra-bench-") as folder:
        found = measured_burst(course, Path(folder), students, within)
    show_burst(found)
    if as_json:
        figures = {"burst_median_s": round(found.median, 2), "burst_p95_s": round(found.p95, 2), "lost": found.lost}
        print(json.dumps(figures))
    return 0 if not found.lost and found.p95 <= TARGET_BURST_SECONDS else 1


if __name__ == "__main__":
    raise SystemExit(main())
