"""What a document may draw on: our own fonts and stylesheet, and small pictures that it carries itself."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
FONTS = STATIC / "vendor" / "fonts"
WEIGHTS = (400, 600)
# Letters that our own faces have not. Chinese, Japanese and Korean would weigh ten megabytes: a deployment that needs
# them installs such a font beside the server, and documents then use it.
OTHERS = (
    "noto-sans-greek.woff2",
    "noto-sans-cyrillic.woff2",
    "noto-sans-cyrillic-ext.woff2",
    "noto-sans-vietnamese.woff2",
    "noto-sans-devanagari.woff2",
    "noto-sans-hebrew.woff2",
    "noto-sans-arabic.woff2",
    "noto-emoji.woff2",
)
LARGEST_PICTURE = 1_000_000  # characters of a data: address
PICTURES = (
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/webp;base64,",
    "data:image/svg+xml;base64,",
)


def at_weight(name: str, weight: int) -> bytes:
    """One weight of a variable font.

    WeasyPrint would make it for every document, which takes a third of the time, and would put the time of day in it, so
    that no two files were the same.
    """
    font = instantiateVariableFont(TTFont(FONTS / name, recalcTimestamp=False), {"wght": weight}, static=True)
    font.flavor = None
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


ASSETS: dict[str, Callable[[], bytes]] = {
    **{name: (STATIC / "css" / name).read_bytes for name in ("document.css", "document-wide.css")},
    **{
        f"{name}-{weight}": partial(at_weight, f"{name}.woff2", weight)
        for name in ("public-sans-latin", "public-sans-latin-ext")
        for weight in WEIGHTS
    },
    **{
        name: (FONTS / name).read_bytes
        for name in ("source-serif-4-600-latin.woff2", "source-serif-4-600-latin-ext.woff2", *OTHERS)
    },
}


class BundledFetcher(URLFetcher):
    """Answers `asset:` names from a fixed list and bounded `data:` pictures; refuses every other address.

    A refused address leaves a gap on the page. An `asset:` name that is not listed stops the rendering: that is our own
    mistake.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data", "asset"], allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("asset:"):
            return read_asset(url)
        if url.startswith(PICTURES) and len(url) <= LARGEST_PICTURE:
            return super().fetch(url)
        raise ValueError("A document uses nothing from outside itself.")


def read_asset(url: str) -> URLFetcherResponse:
    name = url.removeprefix("asset:")
    if name not in ASSETS:
        raise FatalURLFetchingError(f"{url[:80]} is not among the bundled assets.")
    content_type = "text/css" if name.endswith(".css") else "font/ttf"
    return URLFetcherResponse(url, ASSETS[name](), {"Content-Type": content_type})
