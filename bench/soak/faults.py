"""A sealed contract is damaged in every way there is. No damaged file may ever be called genuine.

One bit is flipped at every byte, the file is cut at every 64 bytes, and tools make other files of it. Beside that it is
counted what a check of the signature alone would have believed, in a sample: what it misses is why we ask for more.
"""

from collections.abc import Iterable
from typing import Any

from bench.report import print_table, print_verdict

SAMPLE = 97  # every so many flips the signature alone is asked too


def run(seconds: float, sign_ins: list[dict[str, str]]) -> bool:
    """Whether any file that is not the contract was called genuine, or the contract itself was not. Takes its own time."""
    from bench.faults import flips, forgeries, truncations
    from mentoring.documents.queries import Verdict, check_file
    from mentoring.documents.sealing import is_sealed_whole
    from mentoring.organisations import tenancy
    from mentoring.organisations.models import Organisation

    with tenancy.platform():
        organisation = Organisation.objects.get(slug=sign_ins[0]["organisation"])
    with tenancy.tenant(organisation):
        unsealed, document = make_contract(organisation)
        other = bytes(make_contract(organisation)[1].content)
    content, certificate = bytes(document.content), fingerprint_of(document)
    kinds: dict[str, Iterable[tuple[str, bytes]]] = {
        "one bit flipped, at every byte": flips(content),
        "cut, at every 64 bytes": truncations(content),
        "made by tools": forgeries(content, unsealed, other, organisation.name),
    }
    rows, believed = [], 0
    with tenancy.visitor(None):
        whole = check_file(content).verdict == Verdict.GENUINE
        for kind, faults in kinds.items():
            verdicts = [verdict_of(fault) for _, fault in faults]
            wrong = sum(verdict in (Verdict.GENUINE, Verdict.REPLACED) for verdict in verdicts)
            rows.append((kind, len(verdicts), verdicts.count(Verdict.CHANGED), wrong))
            believed += wrong
    print_table(("contract damaged", "files", "said to be changed", "said to be genuine"), rows)
    sample = [fault for _, fault in flips(content, SAMPLE)]
    missed = sum(is_sealed_whole(fault, certificate) for fault in sample)
    print(f"The seal alone would have been believed {missed} times in {len(sample)} flips.")
    print_verdict("faults_believed", believed / sum(row[1] for row in rows) + (not whole), 0)
    return bool(believed or not whole)


def verdict_of(fault: bytes) -> Any:
    from mentoring.documents.queries import check_file

    return check_file(fault).verdict


def make_contract(organisation: Any) -> tuple[bytes, Any]:
    """A contract as it is before its seal, and kept with it."""
    from django.utils import timezone

    from bench.pdf import words
    from contracts.printing import draw_pdf, title_of
    from mentoring.documents import new_code, store_document
    from programmes.models import Programme

    now, code = timezone.now(), new_code()
    content, evidence = words()
    programme = Programme(name="Health Futures", organisation=organisation)
    unsealed = draw_pdf(programme, content, evidence, title=title_of(content), code=code, now=now)
    document = store_document(
        kind="signed agreement", title=title_of(content), content=unsealed, code=code, by=None, at=now, sealed=True
    )
    return unsealed, document


def fingerprint_of(document: Any) -> str:
    from mentoring.documents.models import Seal

    return Seal.objects.get(sha256=document.sha256).certificate
