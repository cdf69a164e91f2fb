"""A second virtual environment, which sees this one's packages and has modules of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def make_environment(root: Path, modules: dict[str, str], *, umask: int = 0o022) -> Path:
    """Its interpreter. ``modules``: text by name; ``umask``: of whoever installs it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root], check=True, umask=umask)
    packages = next((root / "lib").glob("python*")) / "site-packages"
    shared = {path for path in sys.path if path.endswith(("site-packages", "src"))}
    texts = {f"{name}.py": text for name, text in modules.items()}
    texts["shared.pth"] = "\n".join({*shared, str(Path(__file__).parents[2] / "src")})
    for name, text in texts.items():
        (packages / name).write_text(text, "utf-8")
        (packages / name).chmod(0o666 & ~umask)
    root.chmod(0o777 & ~umask)  # the sandbox reads it as another user
    return root / "bin" / "python"
