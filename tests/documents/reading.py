"""Looking at a PDF as its readers do: its text, its fonts, its picture."""

import io
import json
import subprocess
from pathlib import Path
from typing import Any

from PIL import Image
from pypdf import PdfReader


def data_in(content: bytes) -> Any:
    """What a PDF says, as the data that travels in it."""
    [(kept, *_)] = PdfReader(io.BytesIO(content)).attachments.values()
    return json.loads(kept)


def run(*command: str, content: bytes) -> bytes:
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout


def text_of(content: bytes) -> str:
    """The words in reading order, with all white space as single blanks."""
    return " ".join(run("pdftotext", "-layout", "-", "-", content=content).decode().split())


def facts_of(content: bytes) -> dict[str, str]:
    lines = run("pdfinfo", "-", content=content).decode().splitlines()
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def fonts_of(content: bytes, folder: Path) -> dict[str, bool]:
    """Each font's name, without its subset letters, and whether it is embedded."""
    file = folder / "fonts.pdf"
    file.write_bytes(content)
    rows = subprocess.run(["pdffonts", file], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    return {row.split()[0].split("+")[-1]: row.split()[-5] == "yes" for row in rows}


def check_structure(content: bytes, folder: Path) -> str:
    file = folder / "checked.pdf"
    file.write_bytes(content)
    return subprocess.run(["qpdf", "--check", file], capture_output=True, check=True, text=True).stdout


def picture_of(content: bytes, page: int = 1, dpi: int = 60) -> Image.Image:
    """A page as somebody sees it."""
    png = run("pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-png", "-", content=content)
    return Image.open(io.BytesIO(png)).convert("L")


def ink_of(content: bytes, page: int = 1) -> float:
    """The share of a page's points that are darker than paper."""
    picture = picture_of(content, page)
    return sum(picture.histogram()[:128]) / (picture.width * picture.height)
