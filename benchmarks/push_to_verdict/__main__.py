"""``python -m benchmarks.push_to_verdict [--pushes N] [--json] [--no-peer]``."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.push_to_verdict.peer import classroom_style
from benchmarks.push_to_verdict.pushing import measured_pushes
from benchmarks.push_to_verdict.table import TARGET_SECONDS, figures, show


def main() -> int:
    """0 when the median is within the target, 1 when it is not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pushes", type=int, default=30, help="how many pushes to measure (default: 30)")
    parser.add_argument("--course", type=Path, default=Path("course"))
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    parser.add_argument("--no-peer", action="store_true", help="leave out the comparison (≈ 15 s)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kafedra-bench-") as folder:
        pushes = measured_pushes(asked.course, Path(folder), asked.pushes)
        peer = None if asked.no_peer else classroom_style(asked.course)
    found = figures(pushes, peer)
    show(found)
    if asked.json:
        print(json.dumps(found))
    return 0 if found["median_s"] <= TARGET_SECONDS else 1


if __name__ == "__main__":
    raise SystemExit(main())
