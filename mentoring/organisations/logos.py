"""Logos: a picture that somebody sends is drawn again, so that nothing but its pixels is kept and served."""

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from PIL import Image, ImageFile

from mentoring.refusal import Refused

MOST_BYTES = 1_000_000
MOST_PIXELS = 16_000_000
DRAWN = (640, 160)  # pixels: four times the size on the page
ASK = "Send a PNG or JPEG picture."

_alone = threading.Lock()  # the setting below belongs to the whole process


def redraw(sent: IO[bytes] | Any, size: int) -> bytes:
    """The picture as a small PNG without anything that came with it. Refuses what is too large or no picture."""
    if size > MOST_BYTES:
        raise Refused(f"This file has {size / 1_000_000:.1f} MB. {ASK[:-1]} of at most 1 MB.")
    try:
        with warnings.catch_warnings(), whole_pictures():
            warnings.simplefilter("error")
            return draw(sent)
    except Refused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused("This picture has too many pixels. Send a smaller one.")
    except (OSError, ValueError, SyntaxError, Warning):
        raise Refused(f"This file is not a picture that can be read here. {ASK}")


@contextmanager
def whole_pictures() -> Iterator[None]:
    """WeasyPrint lets the whole process read pictures that end early. A logo must be whole."""
    with _alone:
        allowed = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = allowed


def draw(sent: IO[bytes]) -> bytes:
    """Only two decoders are asked, and the size is looked at before any pixel is decoded."""
    with Image.open(sent, formats=["PNG", "JPEG"]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(f"This picture has {picture.width} by {picture.height} pixels. Send a smaller one.")
        plain = picture.convert("RGBA")
    plain.thumbnail(DRAWN)
    drawn = io.BytesIO()
    plain.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()
