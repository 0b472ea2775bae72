"""What the co-ordinator may read of a partnership: as much as both have signed, kept by the database."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from contracts import actions, queries
from contracts.models import Agreement
from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from programmes.models import Partnership
from programmes.support.actions import Activity, Words, log_meeting
from programmes.support.health import Health
from programmes.support.models import ProgressRecord
from programmes.support.planning.actions import Plan, plan_meeting
from programmes.support.queries import standings
from tests import cast

from .conftest import WORDS, fill_in, sign_all, sign_as, sign_change, text_on

LATER = datetime.timedelta(days=90)


def choose(partnership, mentee="log", mentor="log"):
    """Each chooses what the co-ordinator may read, and both sign."""
    chosen = {partnership.mentees[0].person: mentee, partnership.mentors[0].person: mentor}
    agreement = fill_in(partnership, WORDS)
    for person, reading in chosen.items():
        box = next(box for box in queries.boxes_in(agreement) if box.clause.decides and box.may_be_filled_by(person))
        actions.write_answers(
            partnership, words={box.name: reading}, seen={box.name: "rhythm"}, by=person, now=timezone.now()
        )
    return sign_change(partnership)


def log(partnership, words="What we said", now=None):
    person = partnership.mentees[0].person
    now = now or timezone.now()
    with tenancy.tenant(partnership.organisation_id, person):
        activity = Activity(met_on=timezone.localdate(now), minutes=60, medium="video", usefulness="very")
        return log_meeting(partnership, activity, Words(answers={"topics": words}), by=person, now=now).meeting


def readable(organisation, person):
    """Read as the person's own request would, by SQL that no query of ours has narrowed."""
    with tenancy.tenant(organisation, person), connection.cursor() as cursor:
        cursor.execute("select meeting_id from support_progressrecord")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize(
    ("hers", "his", "opened"),
    [("log", "log", True), ("log", "rhythm", False), ("nothing", "log", False), ("rhythm", "rhythm", False)],
)
def test_log_is_opened_only_where_both_chose_it(organisation, partnership, coordinator, hers, his, opened):
    agreement = choose(partnership, hers, his)
    meeting = log(Partnership.objects.get())

    assert agreement.reading == min([hers, his], key=["nothing", "rhythm", "log"].index)
    assert readable(organisation, coordinator) == ({meeting.pk} if opened else set())
    assert readable(organisation, partnership.mentors[0].person) == {meeting.pk}


def test_nothing_is_opened_before_everybody_has_signed(organisation, partnership, coordinator):
    agreement = fill_in(partnership, {**WORDS, "reading": "log"})
    version = actions.make_version(partnership, by=partnership.mentees[0].person, now=timezone.now())
    sign_as(partnership.mentees[0].person, partnership, version)
    log(partnership)

    assert agreement.is_open
    assert readable(organisation, coordinator) == set()


def test_what_was_logged_before_stays_closed(organisation, partnership, coordinator):
    before = log(partnership, now=timezone.now() - datetime.timedelta(days=3))
    choose(partnership)
    after = log(Partnership.objects.get())

    assert readable(organisation, coordinator) == {after.pk}
    assert readable(organisation, partnership.mentees[0].person) == {before.pk, after.pk}


def test_only_those_who_run_this_programme_read_and_nobody_writes(
    organisation, programme, partnership, coordinator, administrator, sponsor, outsider
):
    choose(partnership)
    meeting = log(Partnership.objects.get())
    another = cast.make_person("Cas Otherley")
    cast.give_role(another, "coordinator", cast.make_programme("other", by=administrator))

    assert [readable(organisation, person) for person in (administrator, sponsor, another, outsider)] == [set()] * 4
    with tenancy.tenant(organisation, coordinator):
        assert ProgressRecord.objects.filter(meeting=meeting).update(changed_at=timezone.now()) == 0
    assert readable(organisation, coordinator) == {meeting.pk}


def test_later_agreement_that_shows_less_closes_it(organisation, partnership, coordinator):
    choose(partnership)
    log(Partnership.objects.get())
    assert len(readable(organisation, coordinator)) == 1

    partnership = Partnership.objects.get()
    person = partnership.mentors[0].person
    change = actions.propose_change(partnership, by=person, now=timezone.now())
    box = next(box for box in queries.boxes_in(change) if box.clause.decides and box.may_be_filled_by(person))
    actions.write_answers(
        partnership, words={box.name: "rhythm"}, seen={box.name: "log"}, by=person, now=timezone.now()
    )
    sign_change(partnership)

    assert readable(organisation, coordinator) == set()


def test_coordinator_reads_what_they_opened_and_that_is_noted(visit, partnership, coordinator, administrator, mentor):
    choose(partnership)
    log(Partnership.objects.get(), "How to say no")

    assert "They let you read their log" in text_on(visit(coordinator, partnership, "support:partnership"))
    assert "How to say no" in text_on(visit(coordinator, partnership, "support:opened"))
    assert Event.objects.get(what="opened records read").person == coordinator
    assert visit(administrator, partnership, "support:opened").status_code == 404
    assert visit(mentor.person, partnership, "support:opened").status_code == 404


def test_page_of_opened_records_is_empty_where_nothing_is_opened(visit, partnership, coordinator):
    sign_all(partnership)
    log(Partnership.objects.get(), "How to say no")

    page = text_on(visit(coordinator, partnership, "support:opened"))
    assert "keep what they write to themselves" in page
    assert "How to say no" not in page
    assert not Event.objects.filter(what="opened records read").exists()
    assert "How to say no" not in text_on(visit(coordinator, partnership, "support:partnership"))


def test_where_they_show_nothing_the_coordinator_sees_no_dates(visit, sign_in, programme, partnership, coordinator):
    choose(partnership, "nothing", "nothing")
    log(Partnership.objects.get())

    page = text_on(visit(coordinator, partnership, "support:partnership"))
    every = text_on(sign_in(Client(), coordinator).get(programme.url("support:home") + "?show=all"))

    for text in (page, every):
        assert "They keep to themselves when and how they meet." in text
        assert "60 minutes" not in text
    assert "60 minutes" in text_on(visit(partnership.mentees[0].person, partnership, "support:partnership"))


def dates_of(organisation, person):
    """How many rows of when and how they met a person is given, and could change, by SQL that no query has narrowed."""
    tables = ["meeting", "meetinglog", "plannedmeeting", "meetingevent", "meetinglogevent", "plannedmeetingevent"]
    with tenancy.tenant(organisation, person), connection.cursor() as cursor:
        counts = [f"(select count(*) from support_{name})" for name in tables]
        counts.append("(select count(*) from audit_event where kind in ('meeting', 'plannedmeeting'))")
        counts += [
            f"(select count(*) from outbox_{name} where kind like '%meet%')" for name in ("message", "messageevent")
        ]
        cursor.execute(f"select {', '.join(counts)}")
        given = list(cursor.fetchone())
        cursor.execute("update support_meeting set minutes = minutes")
        return given, cursor.rowcount


def test_in_sql_nobody_but_they_read_when_they_met_where_they_show_nothing(
    sign_in, organisation, programme, partnership, coordinator, administrator, sponsor, mentee
):
    log(partnership)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    with tenancy.tenant(organisation, mentee.person):
        plan_meeting(partnership, Plan(tomorrow, 60, "video"), "", by=mentee.person, now=timezone.now())
    assert dates_of(organisation, coordinator) == ([1, 1, 1, 1, 1, 1, 2, 2, 2], 1)

    Message.objects.filter(kind="meeting_planned", to=mentee.person).update(state="draft")
    choose(Partnership.objects.get(), "nothing", "rhythm")

    assert not Message.objects.filter(state="draft").exists()  # nobody could read it now, and let it go
    for person in (coordinator, administrator, sponsor):
        assert dates_of(organisation, person) == ([0, 0, 0, 0, 0, 0, 0, 0, 0], 0)
    for person in (*(member.person for member in partnership.ordered_members()), None):
        given, _ = dates_of(organisation, person)
        assert (given[:3], given[6:]) == ([1, 1, 1], [2, 2, 4])
    visitor, letter = sign_in(Client(), coordinator), Message.objects.filter(kind="meeting_planned").first()
    home = text_on(visitor.get(programme.url("programmes:home")))
    assert "Meeting planned" not in home
    assert "Meeting logged" not in home
    assert "You meet" not in text_on(visitor.get(programme.url("programmes:messages") + "?state=queued"))
    assert visitor.get(programme.url("programmes:message", pk=letter.pk)).status_code == 404


@pytest.mark.parametrize("days", [34, 35])
def test_where_they_show_nothing_the_coordinator_sees_that_it_has_gone_quiet(
    visit, sign_in, organisation, programme, partnership, coordinator, days
):
    """Four weeks, and a week of grace, after a meeting that she does not see: the same day as with dates."""
    noon = timezone.localtime().replace(hour=12, minute=0)
    met_on = noon - datetime.timedelta(days=days)  # so many days by the calendar, at whatever hour this runs
    Partnership.objects.update(starts_on=met_on - datetime.timedelta(days=30), cadence_days=28, grace_days=6)
    choose(Partnership.objects.get(), "nothing", "nothing")
    Partnership.objects.update(rhythm_from=met_on)
    log(Partnership.objects.get(), now=met_on)
    word, standing = ("Silent", Health.SILENT) if days > 34 else ("On track", Health.ON_TRACK)

    for person in (coordinator, partnership.mentees[0].person):
        with tenancy.tenant(organisation, person):
            (one,) = standings(programme, timezone.localdate())
            assert (one.assessment.health == Health.SILENT) == (days > 34)
    with tenancy.tenant(organisation, coordinator):
        (one,) = standings(programme, timezone.localdate())
        assert (one.assessment.health, one.signs.last_met_on, one.signs.meetings) == (standing, None, 0)
    assert word in text_on(visit(coordinator, partnership, "support:partnership"))
    sign_in(Client(), coordinator).post(partnership.url("support:check_in"))
    drafts = Message.objects.filter(kind="check_in")
    assert [("I do not see when" in draft.body, "weeks ago" in draft.body) for draft in drafts] == [(True, False)] * 2


def test_database_opens_nothing_that_was_not_signed(partnership):
    sign_all(partnership)

    for change in (
        lambda: Partnership.objects.update(reading="log", reading_since=timezone.now()),
        lambda: Agreement.objects.update(reading_since=timezone.now() - LATER),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_page_says_what_counts_while_they_have_not_chosen_the_same(visit, partnership, mentor):
    fill_in(partnership, WORDS)
    person = mentor.person
    box = next(
        box
        for box in queries.boxes_in(queries.agreement_of(partnership))
        if box.clause.decides and box.may_be_filled_by(person)
    )
    actions.write_answers(
        partnership, words={box.name: "log"}, seen={box.name: "rhythm"}, by=person, now=timezone.now()
    )

    page = text_on(visit(person, partnership))

    assert (
        "nothing of what they write. The partners have not all chosen the same, so the choice that shows least counts."
        in page
    )
