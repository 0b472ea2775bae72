"""Letters: a subject and paragraphs, written in a template, ready to become an e-mail."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string


@dataclass(frozen=True)
class Letter:
    """What a message says. `body` is plain paragraphs; a line `[Words](https://…)` by itself is a button in HTML."""

    subject: str
    body: str


def compose(template: str, context: dict[str, Any]) -> Letter:
    """Render a letter's template: first line "Subject: …", then its paragraphs."""
    first, _, body = render_to_string(template, context).lstrip().partition("\n")
    if not first.startswith("Subject: "):
        raise ValueError(f"{template} does not begin with “Subject: ”.")
    return Letter(subject=" ".join(first.removeprefix("Subject: ").split())[:200], body=body.strip() + "\n")
