"""A letter of the product, composed once with stand-ins and filled in for each reader."""

from mentoring.accounts.models import Person
from mentoring.outbox import Letter

READER, PARTNER, ADDRESS = "Reader⟨⟩", "Partner⟨⟩", "partner⟨⟩"


class Form:
    """Composing from a template takes a millisecond; filling in names takes a microsecond."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter

    @staticmethod
    def reader() -> Person:
        return Person(name=READER)

    @staticmethod
    def partner() -> Person:
        return Person(name=PARTNER, email=ADDRESS)

    def fill(self, *, reader: str, partner: str = "", address: str = "", **others: str) -> tuple[str, str]:
        """Subject and body for these people. Letters call readers by their first name."""
        body = self.letter.body.replace(READER, reader.split()[0])
        body = body.replace(PARTNER, partner).replace(ADDRESS, address)
        for stand_in, words in others.items():
            body = body.replace(stand_in, words)
        return self.letter.subject, body
