"""Scans that come with more than can be seen."""

import io

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

ACTS = ("/JS", "/JavaScript", "/Launch", "/URI", "/EmbeddedFile", "/AA", "/OpenAction", "/Annots", "/AcroForm", "/XFA")


def armed(pdf: bytes) -> bytes:
    """The PDF with everything on it that a reader of PDFs might do, and a file inside."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.add_js("app.alert('opened');")
    writer.add_attachment("secret.exe", b"MZ carried along")
    writer.add_metadata({"/Author": "Somebody Hidden"})
    writer.add_annotation(0, Link(rect=(0, 0, 99, 99), url="https://elsewhere.example/"))
    page = writer.pages[0]
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): action("/JavaScript", "/JS", "app.beep();")})
    root = writer._root_object
    root[NameObject("/OpenAction")] = action("/Launch", "/F", "secret.exe")
    root[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject()})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def action(kind: str, key: str, value: str) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(value)})


def blank() -> bytes:
    writer, written = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=100, height=100)
    writer.write(written)
    return written.getvalue()


def locked(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt("nobody knows")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def photograph() -> bytes:
    """A picture that lies on its side, says where it was taken, and has something behind its end."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010E] = "taken at Mor's kitchen table"
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(drawn, "JPEG", exif=exif)
    return drawn.getvalue() + b"<script>alert(1)</script>"


def names_in(pdf: bytes) -> set[str]:
    """Every name and every string in the PDF, packed objects included."""
    reader, found = PdfReader(io.BytesIO(pdf)), set()

    def walk(thing, seen):
        thing = thing.get_object() if hasattr(thing, "get_object") else thing
        if id(thing) in seen:
            return
        seen.add(id(thing))
        if isinstance(thing, dict):
            found.update(map(str, thing))
            for one in thing.values():
                walk(one, seen)
        elif isinstance(thing, list):
            for one in thing:
                walk(one, seen)
        else:
            found.add(str(thing))

    walk(reader.trailer, set())
    return found
