"""`manage.py verify FILE`: is this PDF genuine? The same rule as the page, and the seal itself is looked at too."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mentoring.documents.queries import Finding, Verdict, check_file
from mentoring.organisations import tenancy

WORDS = {
    Verdict.GENUINE: "Genuine",
    Verdict.REPLACED: "Genuine, and superseded by a later document",
    Verdict.CHANGED: "Changed since it was made",
    Verdict.UNKNOWN: "Unknown",
}


class Command(BaseCommand):
    help = "Say whether a PDF is genuine. Ends with 0 when it is, with 1 when it was changed or is unknown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}")
        with tenancy.visitor(None):
            finding = check_file(content)
        self.stdout.write(f"{file}: {WORDS[finding.verdict]}")
        for line in details(finding):
            self.stdout.write(f"  {line}")
        if finding.verdict not in (Verdict.GENUINE, Verdict.REPLACED):
            raise SystemExit(1)


def details(finding: Finding) -> list[str]:
    """When it was made, by whom, and what the register knows it by."""
    if finding.seal is None:
        return []
    seal, names = finding.seal, finding.names or {}
    lines = [f"{seal.kind}, made {seal.created_at:%Y-%m-%d %H:%M %Z}, code {seal.code}, SHA-256 {seal.sha256}"]
    if names:
        lines.append(f"made by {names['organisation']}")
        lines += [f"signed by {one['name']}, {one['role']}, on {one['on']}" for one in names["people"]]
    return lines
