"""What a contract's PDF costs beyond WeasyPrint itself: words to bytes, beside WeasyPrint on the same HTML alone.

`python -m bench pdf`. Both use the same fonts and stylesheet, read once; the contract has its template, its tags and
archive metadata, its data file and its SHA-256 besides. Processor time, measured in turns, so that a busy machine hurts both alike.
"""

import datetime
import gc
import hashlib
import os
import statistics
import time
from collections.abc import Callable
from typing import Any
from unittest import mock

import django

from bench.report import print_table, print_verdict

ROUNDS = 40
BAR = 1.15
NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
CODE = "K7QM-2XHT-9BVA"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
    django.setup()
    content, evidence = words()
    html = html_of(lambda: contract(content, evidence))
    ways: dict[str, Callable[[], bytes]] = {
        "WeasyPrint on the same HTML alone": lambda: alone(html),
        "the contract": lambda: contract(content, evidence),
    }
    times = measure(ways)
    floor = times["WeasyPrint on the same HTML alone"]
    print_table(
        ("way", "ms of processor", "of WeasyPrint alone", "kB"),
        [(name, seconds * 1000, seconds / floor, len(ways[name]()) / 1000) for name, seconds in times.items()],
    )
    print_verdict("pdf", times["the contract"] / floor, BAR)


def words() -> tuple[dict[str, Any], dict[str, Any]]:
    """An agreement of the UKRC blueprint, filled in and signed by two."""
    from programmes.blueprints import load_blueprint

    clauses = load_blueprint("ukrc")["clauses"]
    said = "Every third Thursday at four, in the small room beside the library; dŵr, tŷ. " * 3
    answer = {"of": "", "words": said, "by": "Sŵn Menteeova", "on": "3 May 2026"}
    people = [{"name": "Sŵn Menteeova", "role": "mentee"}, {"name": "Mor Mentorsen", "role": "mentor"}]
    content = {
        "title": "Mentoring agreement",
        "number": 1,
        "parties": people,
        "period": "3 May 2026 to 2 May 2027",
        "rhythm": "every 4 weeks",
        "promises": [clause for clause in clauses if clause["kind"] == "fixed"],
        "clauses": [{**clause, "answers": [answer]} for clause in clauses if clause["kind"] != "fixed"],
    }
    signed = {
        "on": "3 May 2026",
        "at": "12:00 BST",
        "email": "somebody@example.org",
        "statement": "I agree to keep to it.",
    }
    return content, {
        "signatures": [{**signed, **person, "signature": person["name"]} for person in people],
        "signed_sha256": hashlib.sha256(b"").hexdigest(),
        "signed_code": CODE,
        "sealed_on": "3 May 2026",
        "sealed_at": "12:00 BST",
        "certificate": hashlib.sha256(b"").hexdigest(),
        "check_at": f"https://mentoring.example.org/verify/?code={CODE}",
    }


def contract(content: dict[str, Any], evidence: dict[str, Any]) -> bytes:
    """From words to kept bytes, but for the database."""
    from contracts.printing import draw_pdf, title_of
    from mentoring.organisations.models import Organisation
    from programmes.models import Programme

    programme = Programme(name="Health Futures", organisation=Organisation(name="University of Exampleford"))
    pdf = draw_pdf(programme, content, evidence, title=title_of(content), code=CODE, now=NOW)
    hashlib.sha256(pdf).hexdigest()
    return pdf


def html_of(draw: Callable[[], bytes]) -> str:
    """The very HTML that a drawing hands to WeasyPrint."""
    from mentoring.documents import rendering

    with mock.patch.object(rendering, "to_pdf", wraps=rendering.to_pdf) as handed:
        draw()
    return str(handed.call_args.args[0])


def alone(html: str) -> bytes:
    from weasyprint import HTML

    from mentoring.documents.typesetting import prepared

    fonts, styles, fetcher = prepared()
    return bytes(
        HTML(string=html, base_url="asset:", url_fetcher=fetcher).write_pdf(stylesheets=styles, font_config=fonts)
    )


def measure(ways: dict[str, Callable[[], bytes]]) -> dict[str, float]:
    """The median seconds of each, taken in turns after one that does not count.

    Each begins without garbage: a drawing leaves so much that whoever comes after it would pay for collecting it.
    """
    for way in ways.values():
        way()
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            gc.collect()
            started = time.process_time()
            way()
            seconds[name].append(time.process_time() - started)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


if __name__ == "__main__":
    main()
