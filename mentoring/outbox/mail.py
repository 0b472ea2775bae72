"""A message as an e-mail: plain text and HTML of the same words, signed by a person."""

from email.utils import formataddr
from functools import cache

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import Signer
from django.template.loader import render_to_string
from django.urls import reverse

from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.calendars import method_of
from mentoring.organisations.models import Organisation

from .enclosures import enclosure_of
from .letters import BUTTON, blocks
from .models import Message


def as_text(body: str) -> str:
    """The letter as plain text: a button becomes its words and its address."""
    return "\n".join(BUTTON.sub(r"\g<words>:\n\g<url>", line) for line in body.splitlines())


def as_html(message: Message, organisation: Organisation) -> str:
    """The letter as HTML with every style written onto its element."""
    page = render_to_string(
        "emails/layout.html",
        {
            "message": message,
            "blocks": blocks(message.body),
            "organisation": organisation,
            "stop_url": stop_url(message.to),
        },
    )
    return _inliner().inline(page)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


def build(message: Message, organisation: Organisation) -> EmailMultiAlternatives:
    """The e-mail, with the Message-ID that was fixed when the message was promised."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=render_to_string(
            "emails/layout.txt",
            {
                "message": message,
                "text": as_text(message.body),
                "organisation": organisation,
                "stop_url": stop_url(message.to),
            },
        ),
        from_email=sender(message, organisation),
        to=[formataddr((message.name, message.address)) if message.name else message.address],
        reply_to=[message.signed_by.email] if message.signed_by else None,
        headers={"Message-ID": message.message_id, **stop_headers(message.to)},
    )
    mail.attach_alternative(as_html(message, organisation), "text/html")
    if enclosure := enclosure_of(message):
        mail.attach(enclosure.name, enclosure.content, enclosure.content_type)
    if message.calendar:
        attach_calendar(mail, message.calendar)
    return mail


def attach_calendar(mail: EmailMultiAlternatives, calendar: str) -> None:
    """As a part that mail programmes answer to (RFC 6047), and as a file for those that do not."""
    mail.attach_alternative(calendar, f"text/calendar; method={method_of(calendar)}")
    mail.attach("meeting.ics", calendar, "text/calendar")


def sender(message: Message, organisation: Organisation) -> str:
    name = f"{message.signed_by}, {organisation}" if message.signed_by else str(organisation)
    return formataddr((name, settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")))


signer = Signer(salt="stop optional mail")


def stop_url(person: Person | None) -> str:
    """Where this person stops mail that is optional, by one click and without signing in."""
    return absolute(reverse("outbox:stop", kwargs={"token": signer.sign(str(person.pk))})) if person else ""


def stop_headers(person: Person | None) -> dict[str, str]:
    if person is None:
        return {}
    return {"List-Unsubscribe": f"<{stop_url(person)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
