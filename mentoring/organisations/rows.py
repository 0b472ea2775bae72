"""Which rows of a tenant's table may be read and written: conditions for row-level security."""

from dataclasses import dataclass

OWN_ORGANISATION = "organisation_id = (select app_organisation())"
OWN_ORGANISATION_IF_ANY = "organisation_id = (select app_organisation_if_any())"
ASKING_PERSON = "(select app_person())"
# Partnerships that have signed that nobody else reads when they meet, but for those of the asking person (decision 23).
# Ask first whether anybody asks: nobody is the system, which reminds them.
KEPT_FROM_ASKING = (
    f"select p.id from programmes_partnership p where p.reading = 'nothing' and not exists "
    f"(select from programmes_member m where m.partnership_id = p.id and m.person_id = {ASKING_PERSON})"
)


@dataclass(frozen=True)
class Rows:
    """Narrows (`only`, every command) or widens (`also_read`, reading alone) a tenant's own rows, in SQL.

    `opened` lets others of the same organisation read, and only read, rows that `only` keeps from them.
    """

    only: str = "true"
    also_read: str = ""
    opened: str = ""

    @property
    def write(self) -> str:
        own = OWN_ORGANISATION_IF_ANY if self.also_read else OWN_ORGANISATION
        return own if self.only == "true" else f"{own} and ({self.only})"

    @property
    def read(self) -> str:
        if self.opened:
            return f"{OWN_ORGANISATION} and (({self.only}) or ({self.opened}))"
        return f"({self.write}) or ({self.also_read})" if self.also_read else self.write


def people_only(column: str = "person_id") -> Rows:
    """Rows that only the person they belong to may read or write."""
    return Rows(only=f"{column} = {ASKING_PERSON}")
