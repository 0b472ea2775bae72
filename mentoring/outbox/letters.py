"""Letters: a subject and paragraphs, written in a template, ready to become an e-mail."""

import itertools
import re
from dataclasses import dataclass
from typing import Any

from django.template import Context, loader

BUTTON = re.compile(r"^\[(?P<words>[^\]]+)\]\((?P<url>https?://\S+)\)$", re.MULTILINE)
VEILED = re.compile(r"^\[(?P<words>[^\]]+)\]\(button (?P<number>\d+)\)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A paragraph, a list, or a button of a letter."""

    kind: str
    text: str = ""
    url: str = ""
    items: tuple[str, ...] = ()


def blocks(body: str) -> list[Block]:
    """A letter's paragraphs (blank lines between), lists (lines that begin with "- ") and buttons."""
    return [block(part.strip()) for part in re.split(r"\n\s*\n", body.strip()) if part.strip()]


def block(part: str) -> Block:
    if found := BUTTON.fullmatch(part):
        return Block("button", found["words"], found["url"])
    lines = part.splitlines()
    if all(line.startswith("- ") for line in lines):
        return Block("list", items=tuple(line[2:] for line in lines))
    return Block("paragraph", part)


@dataclass(frozen=True)
class Letter:
    """What a message says. `body` is plain paragraphs; a line `[Words](https://…)` by itself is a button in HTML."""

    subject: str
    body: str
    calendar: str = ""  # an .ics file that goes with it

    @property
    def blocks(self) -> list[Block]:
        """As its reader sees it, for showing it before it is sent."""
        return blocks(self.body)


def veil(body: str) -> str:
    """A letter for somebody whom it is not addressed to: buttons keep their words, and a number instead of an address.

    An address may answer, or open a page, in the name of the letter's reader without asking who comes.
    """
    numbers = itertools.count(1)
    return BUTTON.sub(lambda button: f"[{button['words']}](button {next(numbers)})", body)


def unveil(changed: str, body: str) -> str:
    """The changed letter with the addresses of its buttons. A button that the letter did not have is left as it stands."""
    addresses = [button["url"] for button in BUTTON.finditer(body)]

    def with_address(button: re.Match[str]) -> str:
        number = int(button["number"])
        return f"[{button['words']}]({addresses[number - 1]})" if 1 <= number <= len(addresses) else button[0]

    return VEILED.sub(with_address, changed)


def compose(template: str, context: dict[str, Any]) -> Letter:
    """Render a letter's template: first line "Subject: …", then its paragraphs."""
    # A letter is plain text: O'Brien must not become O&#x27;Brien. Its HTML version escapes by itself.
    rendered = loader.get_template(template).template.render(Context(context, autoescape=False))  # type: ignore[attr-defined]
    first, _, body = rendered.lstrip().partition("\n")
    if not first.startswith("Subject: "):
        raise ValueError(f"{template} does not begin with “Subject: ”.")
    return Letter(subject=" ".join(first.removeprefix("Subject: ").split())[:200], body=body.strip() + "\n")
