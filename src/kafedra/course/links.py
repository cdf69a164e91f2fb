"""Links and figures in the course's texts that lead to a file which isn't there. The network is not asked."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from kafedra.course.problems import Problem

LINK = re.compile(
    r"""!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+["'][^"']*["'])?\s*\)"""  # [text](address "title")
    r"""|<img\s[^>]*src=["']([^"']+)["']"""
)
NOT_TEXT = re.compile(r"`+[^`]*`+|\$[^$]+\$")  # code and formulas may look like links: f[i](x)
FENCE = re.compile(r"\s*(```|~~~)")
CELL = re.compile(r"#\s*%%(.*)")


def broken_links(root: Path) -> Iterator[Problem]:
    """A problem for each broken relative link of the Markdown in `root`: *.md, and the cells of *.py.

    The pictures of an assignment's notebook are left to its build, which draws them.
    """
    for path in sorted((*root.rglob("*.md"), *root.rglob("*.py"))):
        if not path.is_file():
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        text = _markdown_cells(lines) if path.suffix == ".py" else list(enumerate(lines, start=1))
        for number, target in _targets(text):
            if not _leads_somewhere(target, path.parent, root) and not _is_built(target, path):
                message = "leads to a file that is not there"
                yield Problem(path.relative_to(root), number, "link", target, message)


def _markdown_cells(lines: list[str]) -> Iterator[tuple[int, str]]:
    inside = False
    for number, line in enumerate(lines, start=1):
        if cell := CELL.fullmatch(line):
            inside = "[markdown]" in cell[1] or "[md]" in cell[1]
        elif inside and line.startswith("#"):
            yield number, line[1:]


def _targets(lines: Iterator[tuple[int, str]] | list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    fenced = False
    for number, line in lines:
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            for found in LINK.finditer(NOT_TEXT.sub("", line)):
                yield number, found[1] or found[2]


def _leads_somewhere(target: str, folder: Path, root: Path) -> bool:
    address = urlsplit(target)
    if address.scheme or address.netloc or not address.path:
        return True  # elsewhere on the network, or another place of the same page
    path = unquote(address.path)
    if (root / path.lstrip("/") if path.startswith("/") else folder / path).exists():
        return True
    return _is_drawn(path, folder)


def _is_built(target: str, path: Path) -> bool:
    is_source = path.name == "notebook.py" and (path.parent / "assignment.toml").is_file()
    return is_source and PurePosixPath(target).parent == PurePosixPath("pictures")


def _is_drawn(path: str, folder: Path) -> bool:
    """`pictures/relu.png` is drawn at build time by the function `relu` of the `pictures.py` beside the text.

    In a topic's folder it is `pictures/relu.svg`, or `pictures/relu_0.svg` where `relu` returns a list of frames.
    """
    picture = PurePosixPath(path)
    drawer = folder / "pictures.py"
    if picture.parent != PurePosixPath("pictures") or picture.suffix not in (".png", ".svg") or not drawer.is_file():
        return False
    source, (name, _, number) = drawer.read_text("utf-8"), picture.stem.rpartition("_")
    drawn = [rf"^def {re.escape(picture.stem)}\("]
    if name and number.isdecimal():
        drawn.append(rf"^def {re.escape(name)}\(\) -> list\[Figure\]:")
    return any(re.search(one, source, re.MULTILINE) for one in drawn)
