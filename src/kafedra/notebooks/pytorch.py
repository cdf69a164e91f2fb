"""Where the PyTorch project publishes its builds. The set-up reads this file before kafedra is installed."""

from __future__ import annotations

from typing import Final

# On Linux the package index has the build for Nvidia's cards, 3 GB with what it requires. This index has the other one.
CPU_INDEX: Final = "https://download.pytorch.org/whl/cpu"
