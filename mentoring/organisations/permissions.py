"""The policy table and the addresses in words: docs/permissions.md."""

from .addresses import Address, addresses
from .policy import HAT_NAMES, OWN_ACCOUNT_PAGES, TABLE

INTRODUCTION = """# Who may do what

<!-- Written by `manage.py permissions`; a test says when it is stale. Change mentoring/organisations/policy.py. -->

One table decides. The gate of every page asks it, the isolation test is generated from it, and this page prints it.
What somebody may not do answers like an address that does not exist.

**Letters.** C create, R read, U change, D withdraw, A act (accept, confirm, sign), x that it exists and how it stands,
m activity alone (dates, minutes), agg figures of five people or more, - nothing. **Whose.** o one's own, p of one's own
partnership, g of one's own programme, G of one's own organisation, e of one's own group.

What a cell cannot say stands in the database: what partners write of a meeting can be read by them alone, and what
somebody writes for themselves by nobody else, whatever a page asks for. A co-ordinator has no co-ordinator's rights over
a partnership of their own. A platform administrator enters no organisation. Nobody can act as somebody else.
"""

GATES = {
    "public": "Open to anybody",
    "public organisation": "Open to anybody who has the address",
    "public programme": "Open to anybody who has the address",
    "person": "Whoever has signed in, of their own",
    "platform": "Platform administrators",
}


def describe() -> str:
    """The whole page, in Markdown."""
    found = [address for address in addresses() if address.name.split(":")[0] not in ("demo", "styleguide")]
    parts = [INTRODUCTION, table(), "## Which page asks for what\n", *placed(found), "## Pages outside the table\n"]
    parts += [*outside(found), own_account()]
    return "\n".join(parts).rstrip() + "\n"


def table() -> str:
    hats = list(HAT_NAMES)
    lines = ["| Object | " + " | ".join(HAT_NAMES[hat] for hat in hats) + " |", "|---" * (len(hats) + 1) + "|"]
    lines += [f"| {thing} | " + " | ".join(cells[hat] for hat in hats) + " |" for thing, cells in TABLE.items()]
    return "\n".join(lines) + "\n"


def placed(found: list[Address]) -> list[str]:
    """Each object of the table with the pages that ask for it."""
    sections = []
    for thing in TABLE:
        pages = [
            (address, address.policy.verb) for address in found if address.policy and address.policy.thing == thing
        ]
        if pages:
            rows = "\n".join(f"| {verb} | `/{address.route}` |" for address, verb in pages)
            sections.append(f"**{thing}**\n\n| Verb | Address |\n|---|---|\n{rows}\n")
    return sections


def outside(found: list[Address]) -> list[str]:
    """Pages whose gate needs no cell of the table."""
    sections = []
    for gate, words in GATES.items():
        pages = [address for address in found if address.policy and address.policy.gate == gate]
        rows = "\n".join(f"- `/{address.route}`" for address in pages if address.policy and not address.policy.thing)
        if rows:
            sections.append(f"**{words}**\n\n{rows}\n")
    return sections


def own_account() -> str:
    names = ", ".join(f"`{name}`" for name in sorted(OWN_ACCOUNT_PAGES))
    return f"**Signing in and one's own account** (the sign-in package's pages)\n\n{names}\n"
