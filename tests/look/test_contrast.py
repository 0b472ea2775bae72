"""Every pair of ink and ground that a page can show is readable, by light and by dark."""

import pytest

from .colours import DARK, LIGHT, contrast

GROUNDS = ["paper", "surface", "sunken"]
INKS = ["ink", "ink-2", "ink-3", "accent", "accent-hover", "ok", "warn", "risk", "info", "rest"]
ON_GROUND = [(ink, ground) for ink in INKS for ground in GROUNDS]
ON_COLOUR = [
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("accent", "accent-soft"),
    ("accent-hover", "accent-soft"),
    ("on-risk", "risk"),
    ("paper", "ink"),
    *[(kind, f"{kind}-soft") for kind in ("ok", "warn", "risk", "info", "rest")],
    *[("ink", f"{kind}-soft") for kind in ("ok", "warn", "risk", "info", "rest")],
]
EDGES = [("line-strong", ground) for ground in GROUNDS] + [("accent", ground) for ground in GROUNDS]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), ON_GROUND + ON_COLOUR)
def test_text_can_be_read(ink, ground, scheme):
    assert contrast(ink, ground, scheme) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edge_of_a_control_can_be_seen(edge, ground, scheme):
    assert contrast(edge, ground, scheme) >= 3


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_one_of_the_two_focus_rings_is_seen_on_any_ground(ground, scheme):
    assert max(contrast("focus", ground, scheme), contrast("focus-ink", ground, scheme)) >= 3


def test_black_on_white_is_twenty_one_and_a_colour_on_itself_is_one():
    assert contrast("surface", "surface", LIGHT) == pytest.approx(1)
    assert contrast("ink", "surface", LIGHT) == pytest.approx(15.6, abs=0.3)
