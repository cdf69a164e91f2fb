"""Pages of filled sheets out of what a scanner or a telephone made: upright, with the codes that stand on them.

It reads bytes of strangers: the web calls it in a process with limits. A page is turned by the code on it, whichever
way it lay; what is above the lower edge of the code (a name, a group) becomes a picture apart, so that answers are
marked without names.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from PIL import Image, ImageOps, UnidentifiedImageError

from kafedra.exam.deskewing import codes_on, deskewed

Trouble = Literal["empty", "heic", "kind", "broken", "password", "pages", "pixels"]

MOST_PAGES: Final = 500  # of one file
MOST_PIXELS: Final = 60_000_000  # of a photograph
_LONGEST_POINTS: Final = 3400  # of a page of a PDF: an A0 is 3370 long
_READ_SIDE: Final = 2200  # pixels of the longer side while codes are looked for: an A4 with 190 to the inch
KEPT_SIDE: Final = 1700
_QUALITY: Final = 65
_HEIC: Final = (b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1")


class CannotScan(Exception):
    """What was sent has no pages that can be read; `trouble` says why."""

    @property
    def trouble(self) -> Trouble:
        """Why."""
        found: Trouble = self.args[0]
        return found


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as it is kept: two JPEG pictures, one above the other. `head`, with the name, is empty without a code.

    `width` and `height`, in pixels, are those of `body`; `codes` are all that were read, each once.
    """

    head: bytes = field(repr=False)
    body: bytes = field(repr=False)
    width: int
    height: int
    codes: tuple[str, ...]


def count_pages(data: bytes) -> int:
    """How many pages a PDF has; a picture has one. Raises CannotScan."""
    if not data:
        raise CannotScan("empty")
    if not _is_pdf(data):
        if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
            raise CannotScan("heic")
        with _quietly(), _opened(data):
            return 1
    count = len(_document(data))
    if not 1 <= count <= MOST_PAGES:
        raise CannotScan("pages" if count else "empty")
    return count


def read_pages(data: bytes, first: int, count: int) -> list[ScannedPage]:
    """Pages from `first`, counted from 0, `count` of them at most. Raises CannotScan."""
    try:
        with _quietly():
            pictures = _drawn(data, first, count) if _is_pdf(data) else [_photograph(data)]
            return [_page(picture) for picture in pictures]
    except (CannotScan, MemoryError, ImportError):
        raise
    except Exception as error:  # decoders fail in many ways on what is broken, all of them mean the same
        raise CannotScan("broken") from error


def whole_page(page: ScannedPage) -> bytes:
    """Both parts of a page as one JPEG."""
    if not page.head:
        return page.body
    parts = [Image.open(io.BytesIO(one)) for one in (page.head, page.body)]
    whole = Image.new("RGB", (page.width, sum(one.height for one in parts)), "white")
    whole.paste(parts[0], (0, 0))
    whole.paste(parts[1], (0, parts[0].height))
    return _jpeg(whole)


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _document(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise CannotScan("password" if "assword" in str(error) else "broken") from None


def _drawn(data: bytes, first: int, count: int) -> Iterator[Image.Image]:
    document = _document(data)
    for number in range(first, min(first + count, len(document))):
        page = document[number]
        longest = max(page.get_size())
        if not 1 <= longest <= _LONGEST_POINTS:
            raise CannotScan("pixels")
        yield page.render(scale=_READ_SIDE / longest).to_pil().convert("RGB")


def _quietly() -> warnings.catch_warnings[None]:
    """Without what Pillow says of odd metadata, and of sizes that are judged here."""
    return warnings.catch_warnings(action="ignore")


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    except UnidentifiedImageError:
        raise CannotScan("kind") from None
    except Exception as error:
        raise CannotScan("broken") from error
    if picture.width * picture.height > MOST_PIXELS:
        raise CannotScan("pixels")
    return picture


def _photograph(data: bytes) -> Image.Image:
    picture = _opened(data)
    picture.draft("RGB", (_READ_SIDE, _READ_SIDE))  # a JPEG of fifty million pixels is decoded small
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((_READ_SIDE, _READ_SIDE), Image.Resampling.LANCZOS)
    return _on_white(upright)


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")


def _page(picture: Image.Image) -> ScannedPage:
    found = codes_on(picture)
    codes = tuple(dict.fromkeys(one.text for one in found))
    upright, cut = (picture, 0) if not found else deskewed(picture, found[0])
    head = upright.crop((0, 0, upright.width, cut)) if cut else None
    body = upright.crop((0, cut, upright.width, upright.height))
    scale = min(1.0, KEPT_SIDE / max(upright.size))
    kept = _scaled(body, scale)
    return ScannedPage(_jpeg(_scaled(head, scale)) if head else b"", _jpeg(kept), *kept.size, codes)


def _scaled(picture: Image.Image, scale: float) -> Image.Image:
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.LANCZOS) if scale < 1 else picture


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
