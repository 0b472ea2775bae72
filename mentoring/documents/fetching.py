"""What a document may draw on: our own fonts and stylesheet, and small pictures that it carries itself."""

from pathlib import Path

from django.conf import settings
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

FONTS = (
    "public-sans-latin.woff2",
    "public-sans-latin-ext.woff2",
    "source-serif-4-600-latin.woff2",
    "source-serif-4-600-latin-ext.woff2",
)
STATIC: Path = settings.BASE_DIR / "static"
ASSETS = {name: (STATIC / "vendor" / "fonts" / name, "font/woff2") for name in FONTS} | {
    "document.css": (STATIC / "css" / "document.css", "text/css"),
}
LARGEST_PICTURE = 1_000_000  # characters of a data: address
PICTURES = (
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/webp;base64,",
    "data:image/svg+xml;base64,",
)


class BundledFetcher(URLFetcher):
    """Answers `asset:` names from a fixed list and bounded `data:` pictures; refuses every other address.

    A refused address leaves a gap on the page. An `asset:` name that is not listed stops the
    rendering: that is our own mistake.
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
    path, content_type = ASSETS.get(url.removeprefix("asset:"), (None, ""))
    if path is None or not path.is_file():
        raise FatalURLFetchingError(f"{url[:80]} is not among the bundled assets.")
    return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})
