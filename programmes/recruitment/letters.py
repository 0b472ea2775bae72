"""Letters of this step."""

from mentoring.addresses import absolute
from mentoring.outbox import Letter, compose
from programmes.models import Participant

from .links import applicant_url
from .models import Application


def compose_received(application: Application) -> Letter:
    """Thanks for an application, with its reference and the link to it."""
    return compose("recruitment/emails/received.txt", _about(application, "apply:done"))


def compose_return_link(application: Application) -> Letter:
    """The way back to an unfinished application."""
    return compose("recruitment/emails/return_link.txt", _about(application, "apply:resume"))


def compose_declined(application: Application) -> Letter:
    """A kind no (S2). A draft: the co-ordinator reads it and makes it theirs."""
    return compose("recruitment/emails/declined.txt", {"application": application, "programme": application.programme})


def compose_welcome(participant: Participant) -> Letter:
    """You are in, and what happens next."""
    context = {"participant": participant, "programme": participant.programme, "link": absolute("/my/")}
    return compose("recruitment/emails/welcome.txt", context)


def _about(application: Application, page: str) -> dict[str, object]:
    link = absolute(applicant_url(application, page))
    return {"application": application, "programme": application.programme, "link": link}
