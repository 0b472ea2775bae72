"""A scan is drawn again, so that nothing but what can be seen of it is kept: `python -m contracts.redrawing KIND`.

It reads the file from its standard input and writes the new one. It runs in a process of its own, with bounds on memory
and time, without Django and without our keys: a file made to hurt its reader hurts nobody else.
"""

import io
import resource
import sys
import warnings
from typing import Any

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

SECONDS, MEMORY = 20, 1_500_000_000  # of a processor; bytes
MOST_PIXELS = 60_000_000
MOST_PAGES, MOST_OBJECTS, DEEPEST = 60, 20_000, 60
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
QUALITY = 90
# What a page is made of. Everything else stays behind: the notes and links on it, what it does when it is opened, and
# with the old catalogue every script, form, attached file and hidden description of the document.
OF_A_PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents")
# Nor may something drawn on a page name another file, carry one, or act.
LEFT_OUT = {
    "/A", "/AA", "/Alternates", "/Annots", "/EF", "/FS", "/JS", "/LastModified", "/Measure", "/Metadata", "/OC", "/OPI",
    "/Parent", "/PieceInfo", "/Properties", "/PtData", "/Ref", "/StructParent", "/StructParents", "/URI",
}  # fmt: skip
OF_OTHER_FILES = {"/F", "/FDecodeParms", "/FFilter"}  # of a stream whose content lies elsewhere
DRAWN = {"/Image", "/Form"}  # an XObject of another kind is a program for a printer
# In these the author of the file chooses the names: a font may be called /A.
NAMED = {"/CharProcs", "/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Shading", "/XObject"}
A4 = {"width": 595, "height": 842}


class NotDrawn(Exception):
    """The file could not be drawn again."""


def redraw(kind: str, content: bytes) -> bytes:
    """The same pages or picture as a new file. Raises NotDrawn when it cannot be read within bounds."""
    from mentoring.apart import Failed, run_apart  # of no use to the process that draws

    try:
        return run_apart("contracts.redrawing", kind, content=content, seconds=SECONDS)
    except Failed:
        raise NotDrawn


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    kind, content = sys.argv[1], sys.stdin.buffer.read()
    sys.stdout.buffer.write(draw_pdf(content) if kind == PDF else draw_picture(kind, content))


def draw_picture(kind: str, content: bytes) -> bytes:
    """Its pixels, the right way up: not where it was taken, nor what stood behind its end."""
    with Image.open(io.BytesIO(content), formats=["PNG" if kind == PNG else "JPEG"]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise NotDrawn
        plain = ImageOps.exif_transpose(picture)
        plain = plain.convert("L" if plain.mode in ("1", "L", "LA", "I;16", "I") else "RGB")
    plain.info.clear()
    drawn = io.BytesIO()
    if kind == PNG:
        plain.save(drawn, "PNG")
    else:
        plain.save(drawn, "JPEG", quality=QUALITY)
    return drawn.getvalue()


def draw_pdf(content: bytes) -> bytes:
    """The same pages in a new document."""
    reader, writer = PdfReader(io.BytesIO(content)), PdfWriter()
    if reader.is_encrypted or not 1 <= len(reader.pages) <= MOST_PAGES:
        raise NotDrawn
    copier = Copier(writer)
    for page in reader.pages:
        new = writer.add_blank_page(**A4)
        for name in OF_A_PAGE:
            found = inherited(page, name)
            if found is not None:
                new[NameObject(name)] = copier.copied(found)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def inherited(page: DictionaryObject, name: str) -> PdfObject | None:
    """What a page, or one of the nodes above it, says."""
    node: Any = page
    for _ in range(DEEPEST):
        if name in node:
            return node.raw_get(name)
        if "/Parent" not in node or name == "/Contents":
            return None
        node = node["/Parent"]
    raise NotDrawn


class Copier:
    """Copies objects into a new document, each once, without what may act or name something elsewhere."""

    def __init__(self, writer: PdfWriter) -> None:
        self.writer = writer
        self.known: dict[tuple[int, int], IndirectObject] = {}

    def copied(self, found: Any, depth: int = 0, named: bool = False) -> Any:
        """named: what it is called inside was chosen by whoever made the file."""
        if depth > DEEPEST or len(self.known) > MOST_OBJECTS:
            raise NotDrawn
        if isinstance(found, IndirectObject):
            return self.referred(found, depth, named)
        if isinstance(found, StreamObject):
            return self.stream(found, depth)
        if isinstance(found, DictionaryObject):
            return DictionaryObject(self.entries(found, depth, set() if named else LEFT_OUT))
        if isinstance(found, ArrayObject):
            return ArrayObject(self.copied(one, depth + 1) for one in found)
        return found

    def referred(self, found: IndirectObject, depth: int, named: bool) -> IndirectObject:
        """A reference to the copy. It stands there before it is filled, for objects that lead back to themselves."""
        place = (found.idnum, found.generation)
        if place not in self.known:
            self.known[place] = self.writer._add_object(DictionaryObject())
            self.writer._replace_object(self.known[place], self.copied(found.get_object(), depth + 1, named))
        return self.known[place]

    def stream(self, found: StreamObject, depth: int) -> StreamObject:
        """With its bytes as they are packed: unpacking a bomb is left to nobody."""
        new = StreamObject()
        if found.get("/Subtype") in DRAWN or found.get("/Type") != "/XObject":
            new.update(self.entries(found, depth, LEFT_OUT | OF_OTHER_FILES))
            new._data = found._data
        new[NameObject("/Length")] = NumberObject(len(new._data))
        return new

    def entries(self, found: DictionaryObject, depth: int, left_out: set[str]) -> dict[Any, Any]:
        return {
            name: self.copied(found.raw_get(name), depth + 1, name in NAMED) for name in found if name not in left_out
        }


if __name__ == "__main__":
    main()
