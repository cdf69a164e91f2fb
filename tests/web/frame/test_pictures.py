"""An uploaded picture is decoded and written anew; what is none is refused with a reason."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from kafedra.web.frame.pictures import LONGEST_SIDE, MAX_PIXELS, MAX_UPLOAD_BYTES, NotAPicture, redrawn


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def noise(side: int = 200) -> Image.Image:
    return Image.effect_noise((side, side), 60).convert("RGB")


def test_what_hides_in_a_file_does_not_come_through() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "<script>alert(1)</script>")
    hostile = saved(noise(), "PNG", pnginfo=told) + b"<script>alert(2)</script>PK\x03\x04"
    clean = redrawn(hostile)
    assert b"script" not in clean.data
    assert b"PK\x03\x04" not in clean.data


def test_a_photo_stands_upright_without_saying_where_it_was_taken() -> None:
    tags = Image.Exif()
    tags[0x0112] = 6  # to be turned by 90 degrees
    tags[0x010E] = "55.7558 N 37.6173 E"
    photo = saved(noise().resize((300, 100)), "JPEG", exif=tags)
    clean = redrawn(photo)
    assert (clean.width, clean.height) == (100, 300)
    assert b"55.7558" not in clean.data
    assert not Image.open(io.BytesIO(clean.data)).getexif()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_each_accepted_kind_comes_out_as_png_or_jpeg(kind: str) -> None:
    clean = redrawn(saved(noise(), kind))
    assert clean.mime in ("image/png", "image/jpeg")
    assert Image.open(io.BytesIO(clean.data)).size == (200, 200)


def test_transparency_stays_and_large_pictures_shrink() -> None:
    wide = Image.new("RGBA", (LONGEST_SIDE * 2, 100), (255, 0, 0, 128))
    clean = redrawn(saved(wide, "PNG"))
    assert (clean.mime, clean.width, clean.height) == ("image/png", LONGEST_SIDE, 50)
    assert Image.open(io.BytesIO(clean.data)).getpixel((5, 5)) == (255, 0, 0, 128)


def test_what_was_made_invisible_is_gone() -> None:
    """Erasing in an editor leaves the colours where they were, under full transparency."""
    picture = Image.new("RGBA", (60, 40), (200, 30, 30, 0))
    picture.paste((10, 20, 30, 77), (0, 0, 20, 40))
    clean = Image.open(io.BytesIO(redrawn(saved(picture, "PNG")).data))
    assert clean.getpixel((50, 20)) == (0, 0, 0, 0)
    assert clean.getpixel((5, 20)) == (10, 20, 30, 77)


def bomb(side: int) -> bytes:
    """A PNG that says it is `side` × `side` pixels, in a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no picture"),
        (b"", "no picture"),
        (b"\x89PNG\r\n\x1a\n garbage", "no picture"),
        (saved(noise(), "PNG")[:500], "no picture"),
        (saved(noise(20), "BMP"), "no picture"),
        (bomb(int(MAX_PIXELS**0.5) + 1), "too many"),
        (bomb(20_000), "Too many pixels: 40 million"),
        (bytes(MAX_UPLOAD_BYTES + 1), "larger than 8 MB"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(NotAPicture, match=why):
        redrawn(data)
