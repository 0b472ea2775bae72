"""The colours of tokens.css as a browser would compute them, and the contrast between two of them (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

from mentoring.fingerprint import ROOT

TOKENS = Path(ROOT) / "static" / "css" / "tokens.css"
LIGHT, DARK = 0, 1
Colour = tuple[float, float, float]


def read_tokens() -> dict[str, str]:
    """Every custom property of :root by its name."""
    text = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(), flags=re.DOTALL)
    return dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", text))


def split_arguments(text: str) -> list[str]:
    """The arguments of a CSS function; commas in inner brackets do not count."""
    parts, depth = [""], 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def compute(value: str, scheme: int, tokens: dict[str, str]) -> Colour:
    """A colour of 0 to 255 a channel: hexadecimal, var(), light-dark() and color-mix(in srgb, a n%, b)."""
    value = value.strip()
    if value.startswith("#"):
        return tuple(int(value[at : at + 2], 16) for at in (1, 3, 5))  # type: ignore[return-value]
    function, inner = re.fullmatch(r"([a-z-]+)\((.*)\)", value, re.DOTALL).groups()  # type: ignore[union-attr]
    arguments = split_arguments(inner)
    if function == "var":
        return compute(tokens[inner.strip().removeprefix("--")], scheme, tokens)
    if function == "light-dark":
        return compute(arguments[scheme], scheme, tokens)
    assert (function, arguments[0]) == ("color-mix", "in srgb"), value
    first, share = re.fullmatch(r"(.*) (\d+)%", arguments[1], re.DOTALL).groups()  # type: ignore[union-attr]
    part = int(share) / 100
    pairs = zip(compute(first, scheme, tokens), compute(arguments[2], scheme, tokens), strict=True)
    return tuple(part * one + (1 - part) * other for one, other in pairs)  # type: ignore[return-value]


def luminance(colour: Colour) -> float:
    channels = [channel / 255 for channel in colour]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: int) -> float:
    """The ratio, 1 to 21, between two tokens."""
    tokens = read_tokens()
    lighter, darker = sorted(
        (luminance(compute(f"var(--{name})", scheme, tokens)) for name in (one, other)), reverse=True
    )
    return (lighter + 0.05) / (darker + 0.05)
