"""The copy of a signed contract that travels with the letter about it."""

from mentoring.documents.answers import file_name
from mentoring.documents.models import Document
from mentoring.outbox.enclosures import Enclosure, encloses
from mentoring.outbox.models import Message


@encloses("agreement_signed")
def copy_of_contract(message: Message) -> Enclosure | None:
    """The very bytes that were sealed. The letter's key names the document."""
    document = Document.objects.filter(pk=message.key.split("|")[1]).first()
    return Enclosure(file_name(document.title), bytes(document.content)) if document else None
