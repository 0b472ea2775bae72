"""Questions about meetings, records and how partnerships stand."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.outbox.models import Message, MessageState
from mentoring.wording import listed
from programmes.models import Member, Model, Partnership, PartnershipState, Programme, Reading

from .health import Assessment, Health, Signs, assess
from .models import (
    Closing,
    Ending,
    EndingReason,
    Meeting,
    MeetingKind,
    MeetingLog,
    NextWish,
    PlannedMeeting,
    PlannedState,
    ProgressRecord,
    Reflection,
    Usefulness,
)

FEWEST_ANSWERS = 5  # people, below which a total could be read as one person's answer
CONTACT_REMINDER = "contact_reminder"
CHECK_IN = "check_in"
ONE_DAY = datetime.timedelta(days=1)
GONE_QUIET = Func(F("pk"), function="gone_quiet", output_field=BooleanField(null=True))


def with_signs(partnerships: QuerySet[Partnership]) -> QuerySet[Any]:
    """Each with `last_met_on`, `next_on` (as planned, or as its latest log says), `meetings_held` and `closes_on`, in one query.

    `quiet` is none but where the reader may see no dates: the database then says only whether it has gone quiet.
    """
    latest = Meeting.objects.filter(partnership=OuterRef("pk")).order_by("-met_on")
    held = latest.filter(kind=MeetingKind.HELD)
    planned = PlannedMeeting.objects.filter(partnership=OuterRef("pk"), state=PlannedState.PLANNED).order_by(
        "starts_at"
    )
    count = held.order_by().values("partnership").annotate(count=Count("pk")).values("count")
    return partnerships.annotate(
        last_met_on=Subquery(held.values("met_on")[:1]),
        next_on=Coalesce(
            Subquery(planned.values(day=TruncDate("starts_at"))[:1]), Subquery(latest.values("next_on")[:1])
        ),
        meetings_held=Coalesce(Subquery(count), 0, output_field=IntegerField()),
        closes_on=F("closing__closes_on"),
        quiet=Case(When(reading=Reading.NOTHING, then=GONE_QUIET), default=None),
    )


def since(partnership: Partnership) -> datetime.date:
    """The day from which partners are waited for: to sign, once they are matched; then to meet."""
    if partnership.state == PartnershipState.AGREED:
        return timezone.localdate(partnership.created_at)
    return partnership.counts_from


def signs_of(partnership: Any) -> Signs:
    """The signs of a partnership that `with_signs` has annotated."""
    return Signs(
        state=partnership.state,
        since=since(partnership),
        ends_on=partnership.ends_on,
        cadence_days=partnership.cadence_days,
        grace_days=partnership.grace_days,
        meetings=partnership.meetings_held,
        last_met_on=partnership.last_met_on,
        next_on=partnership.next_on,
        closes_on=partnership.closes_on,
        quiet=partnership.quiet,
        resting_until=partnership.resting_until,
        brief=partnership.model == Model.SPOT,
    )


@dataclass(frozen=True)
class Standing:
    """A partnership, its signs and what they say."""

    partnership: Partnership
    signs: Signs
    assessment: Assessment

    @property
    def worst_first(self) -> tuple[Any, ...]:
        order = list(Health).index(self.assessment.health)
        return not self.assessment.needs_you, order, self.signs.silent_on, self.partnership.created_at


def standings(programme: Programme, today: datetime.date, search: str = "") -> list[Standing]:
    """How every partnership of a programme stands, those that need the co-ordinator first. One query."""
    found = with_signs(programme.partnerships.all())
    if search:
        found = found.filter(members__person__name__icontains=search).distinct()
    standing = [Standing(partnership, signs := signs_of(partnership), assess(signs, today)) for partnership in found]
    return sorted(standing, key=lambda one: one.worst_first)


def standing_of(
    partnership: Partnership,
    meetings: list[Meeting],
    today: datetime.date,
    *,
    planned: list[PlannedMeeting],
    closing: Closing | None,
) -> Standing:
    """How one partnership stands: from its meetings, latest first, those planned, earliest first, and a request to end.

    One query more where the partners show no dates.
    """
    held = [meeting for meeting in meetings if meeting.is_held]
    meant = meetings[0].next_on if meetings else None
    signs = Signs(
        state=partnership.state,
        since=since(partnership),
        ends_on=partnership.ends_on,
        cadence_days=partnership.cadence_days,
        grace_days=partnership.grace_days,
        meetings=len(held),
        last_met_on=held[0].met_on if held else None,
        next_on=planned[-1].day if planned else meant,
        closes_on=closing.closes_on if closing else None,
        quiet=has_gone_quiet(partnership) if partnership.reading == Reading.NOTHING else None,
        resting_until=partnership.resting_until,
        brief=partnership.model == Model.SPOT,
    )
    return Standing(partnership, signs, assess(signs, today))


def has_gone_quiet(partnership: Partnership) -> bool | None:
    """All that the database tells of meetings that a reader may not see; none to those who may."""
    return Partnership.objects.annotate(quiet=GONE_QUIET).values_list("quiet", flat=True).get(pk=partnership.pk)


def name_others(partnership: Partnership, *but: Person) -> str:
    """The first names of those in it but one: "Ravi", "Ravi and Nia", "Ravi, Nia and Tom"."""
    here = [member.person for member in partnership.present_members()]
    return listed([person.first_name for person in here if person not in but])


def noted_on(partnership: Partnership, day: datetime.date) -> Meeting | None:
    """What is logged for a day: a meeting, or that there was none."""
    return partnership.meetings.filter(met_on=day).first()


def meetings_of(partnership: Partnership, *, with_records: bool = False) -> list[Meeting]:
    """What was logged, latest first, each with `times_logged`. One query; dates and lengths, no content.

    `with_records`: each comes with its record, which the database gives to the partnership's members alone.
    """
    logs = MeetingLog.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    found = partnership.meetings.annotate(times_logged=Subquery(logs.annotate(count=Count("pk")).values("count")))
    found = found.select_related("record__key") if with_records else found
    return list(found.order_by("-met_on"))


def closing_of(partnership: Partnership) -> Closing | None:
    """That somebody has asked to end it, and until when it stays open. The gate has read it with the partnership."""
    return getattr(partnership, "closing", None)


def wishes_of(partnership: Partnership) -> list[NextWish]:
    """What each would like next. The database gives partners their own alone."""
    return list(NextWish.objects.filter(partnership=partnership).select_related("person"))


def endings_of(partnership: Partnership) -> list[Ending]:
    """How it ended and for whom, for those who run the programme. The database gives partners their own alone."""
    return list(Ending.objects.filter(partnership=partnership).select_related("ended_by"))


def records_of(meetings: Iterable[Meeting]) -> dict[Any, ProgressRecord]:
    """Progress records by meeting. The database gives none to anybody but the partnership's members."""
    found = ProgressRecord.objects.filter(meeting__in=[meeting.pk for meeting in meetings])
    return {record.meeting_id: record for record in found}


def reflections_of(meetings: Iterable[Meeting], person: Person) -> dict[Any, Reflection]:
    """A person's own reflections by meeting. The database gives nobody another's."""
    found = Reflection.objects.filter(meeting__in=[meeting.pk for meeting in meetings], person=person)
    return {reflection.meeting_id: reflection for reflection in found}


def count_usefulness(programme: Programme) -> tuple[int, int] | None:
    """How many answers called a meeting useful, of how many. None while fewer than five people answered."""
    answers = MeetingLog.objects.filter(meeting__partnership__programme=programme).exclude(usefulness="")
    totals = answers.aggregate(
        people=Count("person", distinct=True),
        useful=Count("pk", filter=Q(usefulness__in=[Usefulness.VERY, Usefulness.FAIRLY])),
        answered=Count("pk"),
    )
    return (totals["useful"], totals["answered"]) if totals["people"] >= FEWEST_ANSWERS else None


def last_letters(partnerships: Iterable[Partnership]) -> dict[str, datetime.datetime]:
    """When each was last sent a reminder or a co-ordinator's question, by id. One query."""
    about = Func(F("key"), Value("|"), Value(2), function="split_part", output_field=CharField())
    sent = Message.objects.filter(kind__in=[CONTACT_REMINDER, CHECK_IN], state=MessageState.SENT).annotate(about=about)
    found = sent.filter(about__in=[str(partnership.pk) for partnership in partnerships])
    return dict(found.values_list("about").annotate(last=Max("sent_at")))


@dataclass(frozen=True)
class Reasons:
    """How often one ended or somebody left, and the reasons that enough of them gave. `others` gave reasons too few share."""

    ended: int
    shown: list[tuple[str, int]]
    others: int


def count_reasons(programme: Programme) -> Reasons:
    """Why partnerships ended, or somebody left one (X10), in groups of five and more. One query.

    A reason that is left out cannot be worked out from the total either: the rest is a group of five too.
    """
    left = Member.objects.filter(
        partnership=OuterRef("partnership"), person=OuterRef("ended_by"), left_at__isnull=False
    )
    ended = Ending.objects.filter(partnership__programme=programme).filter(
        Q(partnership__state=PartnershipState.ENDED) | Q(Exists(left))
    )
    counts = sorted(ended.values_list("reason").annotate(many=Count("pk")), key=lambda found: -found[1])
    shown = [found for found in counts if found[1] >= FEWEST_ANSWERS]
    total = sum(many for _, many in counts)
    while shown and 0 < total - sum(many for _, many in shown) < FEWEST_ANSWERS:
        shown.pop()
    others = total - sum(many for _, many in shown)
    named = [(EndingReason(reason).label, many) for reason, many in shown]
    return Reasons(total, named, others if others >= FEWEST_ANSWERS else 0)
