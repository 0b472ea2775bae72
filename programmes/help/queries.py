"""Questions about enquiries, complaints and concerns. What is not the asking person's to read, the database leaves out."""

import datetime
from statistics import median
from typing import Any

from django.db.models import F, QuerySet

from mentoring.accounts.models import Person
from mentoring.organisations.models import Membership, Role
from programmes.models import Programme

from .models import Complaint, Concern, Enquiry, SafeguardingLead, Suggestion

LATELY = datetime.timedelta(days=90)


def enquiries_of(programme: Programme) -> QuerySet[Enquiry]:
    """What was asked in a programme: open ones first, the longest waiting before all."""
    found = Enquiry.objects.filter(programme=programme).select_related("asked_by", "answered_by")
    return found.order_by(F("answered_at").desc(nulls_first=True), "asked_at")


def own_enquiries(programme: Programme, person: Person) -> QuerySet[Enquiry]:
    """What somebody asked, newest first."""
    return enquiries_of(programme).filter(asked_by=person).order_by("-asked_at")


def open_enquiries(programme: Any) -> QuerySet[Enquiry]:
    """What waits for an answer in a programme, or in that of an outer query."""
    return Enquiry.objects.filter(programme=programme, answered_at=None)


def usual_response(programme: Programme, now: datetime.datetime) -> datetime.timedelta | None:
    """The median time to an answer over the last three months; none before there was one."""
    answered = Enquiry.objects.filter(programme=programme, answered_at__gte=now - LATELY)
    times = [
        (answered_at - asked_at).total_seconds()
        for asked_at, answered_at in answered.values_list("asked_at", "answered_at")
        if answered_at
    ]
    return datetime.timedelta(seconds=median(times)) if times else None


def suggestions_of(programme: Programme) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(programme=programme).order_by("-dropped_on")


def lead() -> SafeguardingLead | None:
    """The present lead for safeguarding of the running organisation."""
    return SafeguardingLead.objects.filter(ended_at=None).select_related("person").first()


def possible_leads() -> QuerySet[Person]:
    """Whom an administrator may name: people with a role here."""
    held = Membership.objects.filter(ended_at=None).exclude(role=Role.MEMBER)
    return Person.objects.filter(memberships__in=held).distinct().order_by("name")


def administrators() -> QuerySet[Person]:
    held = Membership.objects.filter(ended_at=None, role=Role.ADMINISTRATOR)
    return Person.objects.filter(memberships__in=held).distinct().order_by("name")


def complaints() -> QuerySet[Complaint]:
    """Complaints of the running organisation: those that wait to be acknowledged first."""
    found = Complaint.objects.select_related("made_by", "acknowledged_by")
    return found.order_by(F("acknowledged_at").asc(nulls_first=True), "made_at")


def concerns() -> QuerySet[Concern]:
    """Concerns for the lead: those that were not read first."""
    return Concern.objects.select_related("raised_by", "key").order_by(
        F("closed_at").asc(nulls_first=True), "raised_at"
    )
