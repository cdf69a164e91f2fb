"""The AppArmor profile that lets one program, and no other, make namespaces with rights in them.

Ubuntu takes all capabilities from user namespaces that an unprivileged program without a profile makes
(``kernel.apparmor_restrict_unprivileged_userns``). To switch that off would switch it off for every program; a profile
for the interpreter would be one for every Python. A script has a path of its own, and AppArmor looks at that.
"""

from __future__ import annotations

import re
import sysconfig
from pathlib import Path
from typing import Final

# what puts up the wall: a script of its own, so that AppArmor can tell it from any other Python
PROGRAM: Final = Path(sysconfig.get_path("scripts"), "kafedra-sandbox")
FOLDER: Final = Path("/etc/apparmor.d")
_SPECIAL: Final = re.compile(r'[\\"*?\[\]{}^@]')  # in a profile's attachment; apparmor.d(5), GLOBBING


def profile(program: Path) -> str:
    """The text of a profile for the program, which AppArmor 4 and newer take (flag ``unconfined``, rule ``userns``)."""
    path = _SPECIAL.sub(lambda found: "\\" + found[0], str(program))
    return f'abi <abi/4.0>,\n\n"{path}" flags=(unconfined) {{\n  userns,\n}}\n'


def profile_file(program: Path) -> Path:
    """Where it belongs: by the program's path, so that two of them never meet."""
    return FOLDER / re.sub(r"[^\w.+-]", "_", str(program).lstrip("/").replace("/", "."))
