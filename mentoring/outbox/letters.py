"""Letters: a subject and paragraphs, written in a template, ready to become an e-mail."""

from dataclasses import dataclass
from typing import Any

from django.template import Context, loader


@dataclass(frozen=True)
class Letter:
    """What a message says. `body` is plain paragraphs; a line `[Words](https://…)` by itself is a button in HTML."""

    subject: str
    body: str
    calendar: str = ""  # an .ics file that goes with it


def compose(template: str, context: dict[str, Any]) -> Letter:
    """Render a letter's template: first line "Subject: …", then its paragraphs."""
    # A letter is plain text: O'Brien must not become O&#x27;Brien. Its HTML version escapes by itself.
    rendered = loader.get_template(template).template.render(Context(context, autoescape=False))  # type: ignore[attr-defined]
    first, _, body = rendered.lstrip().partition("\n")
    if not first.startswith("Subject: "):
        raise ValueError(f"{template} does not begin with “Subject: ”.")
    return Letter(subject=" ".join(first.removeprefix("Subject: ").split())[:200], body=body.strip() + "\n")
