"""An organisation's one colour, made readable on every ground in both schemes, and written as a stylesheet.

Colours are sRGB hex words such as "#175A63". Contrast is WCAG's ratio, 1 to 21. The grounds are those of
static/css/tokens.css; a test compares them.
"""

from dataclasses import dataclass

LEAST_CONTRAST = 4.5
SOFT = 0.12  # the share of the accent in the soft ground that stands under chosen things


@dataclass(frozen=True)
class Scheme:
    """Grounds that the accent stands on as text, what stands on the accent, and where to go when it cannot be read."""

    paper: str
    surface: str
    sunken: str
    on_accent: str
    towards: str


LIGHT = Scheme(paper="#FBFAF7", surface="#FFFFFF", sunken="#F3F1EC", on_accent="#FFFFFF", towards="#000000")
DARK = Scheme(paper="#12171C", surface="#1A2128", sunken="#0E1216", on_accent="#0E1216", towards="#FFFFFF")


def channels(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def mix(colour: str, other: str, share: float) -> str:
    """`share` of the other colour in this one, as CSS mixes in sRGB."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(ours * (1 - share) + theirs * share):02X}" for ours, theirs in pairs)


def luminance(colour: str) -> float:
    parts = [value / 255 for value in channels(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def is_readable(colour: str, scheme: Scheme) -> bool:
    """Whether words in this colour reach 4.5:1 on every ground, and so do words set on it."""
    soft = mix(scheme.surface, colour, SOFT)
    grounds = (scheme.paper, scheme.surface, scheme.sunken, scheme.on_accent, soft)
    return all(contrast(colour, ground) >= LEAST_CONTRAST for ground in grounds)


def readable(colour: str, scheme: Scheme) -> str:
    """The colour itself, or the nearest towards black (light) or white (dark) that can be read."""
    steps = (mix(colour, scheme.towards, share / 50) for share in range(51))
    return next(step for step in steps if is_readable(step, scheme))


def stylesheet(accent: str) -> str:
    """The tokens that make every page wear the accent."""
    light, dark = readable(accent.upper(), LIGHT), readable(accent.upper(), DARK)
    return (
        f":root {{ --accent: light-dark({light}, {dark}); "
        f"--on-accent: light-dark({LIGHT.on_accent}, {DARK.on_accent}); }}\n"
    )
