"""Pictures that strangers upload: decoded, and written anew. Of the file that came nothing is kept but what is seen.

So no script, no metadata (where and with what a photo was taken), no second file behind the picture comes through.
Drawings that are programs (SVG) are refused.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from typing import Final

from PIL import Image, ImageOps

from kafedra.web.frame.apart import TooCostly, apart_within
from kafedra.web.frame.untranslated import Untranslated
from kafedra.web.frame.untranslated import noop as _

MAX_UPLOAD_BYTES: Final = 8 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000  # decoded, 160 MB at most
LONGEST_SIDE: Final = 2000
_SECONDS, _MEMORY_MB = 12, 900  # for the largest that is taken
_UNREADABLE: Final = _("This is no picture that can be read: send a PNG, JPEG, WebP or GIF.")
ACCEPTED: Final = ".png,.jpg,.jpeg,.webp,.gif"  # for `accept` of a form's field
_FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")
# A picture is data: opened by itself it may run nothing, frame nothing, ask for nothing.
POLICY: Final = "default-src 'none'; sandbox"


class NotAPicture(Untranslated):
    """What was uploaded can't be taken; as a text it says why, in the language of whoever reads it."""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A picture of our own writing: a PNG where there are few colours or transparency, else a JPEG. Sizes in pixels."""

    mime: str
    data: bytes = field(repr=False)
    width: int
    height: int


def redrawn(data: bytes, *, longest: int = LONGEST_SIDE) -> Redrawn:
    """The picture that `data` (PNG, JPEG, WebP or GIF, of which the first frame) shows, written anew.

    It stands upright as the camera meant it, and no side is longer than `longest` pixels. Raises NotAPicture.
    """
    if len(data) > MAX_UPLOAD_BYTES:
        raise NotAPicture(_("The picture is larger than %(n)d MB: make it smaller."), {"n": MAX_UPLOAD_BYTES >> 20})
    try:
        return apart_within(_SECONDS, _MEMORY_MB, drawn_anew, data, longest)
    except TooCostly as error:
        raise NotAPicture(_UNREADABLE) from error


def drawn_anew(data: bytes, longest: int) -> Redrawn:
    """As `redrawn`, in the process of the caller."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Pillow: about odd metadata, and about sizes that are judged here
            return _written(_decoded(data), longest)
    except (NotAPicture, MemoryError):
        raise
    except Image.DecompressionBombError as error:  # of sizes so far beyond ours that Pillow doesn't say which
        raise NotAPicture(_("Too many pixels: %(n)d million at most."), {"n": MAX_PIXELS // 1_000_000}) from error
    except Exception as error:  # decoders fail in many ways on what is no picture, all of them mean the same
        raise NotAPicture(_UNREADABLE) from error


def _decoded(data: bytes) -> Image.Image:
    """Pixels without anything else. The size is judged before anything is decoded."""
    with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
        width, height = opened.size
        if width * height > MAX_PIXELS:
            told = {"width": width, "height": height, "n": MAX_PIXELS // 1_000_000}
            raise NotAPicture(_("%(width)d × %(height)d pixels are too many: %(n)d million at most."), told)
        opened.seek(0)
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        transparent = "A" in upright.getbands() or "transparency" in upright.info
        return upright.convert("RGBA" if transparent else "RGB")


def _written(picture: Image.Image, longest: int) -> Redrawn:
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture, mask=_seen(picture))
    # Drawings and screenshots are smaller and sharper as PNG, photos as JPEG: whichever takes fewer bytes.
    png = _saved(bare, "PNG", optimize=True)
    if bare.mode == "RGBA":
        return Redrawn("image/png", png, *bare.size)
    jpeg = _saved(bare, "JPEG", quality=88)
    if len(jpeg) * 2 < len(png):
        return Redrawn("image/jpeg", jpeg, *bare.size)
    return Redrawn("image/png", png, *bare.size)


def _seen(picture: Image.Image) -> Image.Image | None:
    """Where anything is seen; None: everywhere. What an editor made invisible, a face or a name, still lies there."""
    return picture.getchannel("A").point([0] + [255] * 255) if picture.mode == "RGBA" else None


def _saved(picture: Image.Image, kind: str, **how: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()
