"""What partners said they would do: with a day, on the next agenda, until it is done."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from mentoring.organisations import tenancy
from programmes.models import PartnershipState
from programmes.support import promises
from programmes.support.models import ActionPoint
from tests import cast

from .conftest import CANARY

QUICK = {"when": "today", "medium": "video", "length": "60"}


@pytest.fixture
def soon(today):
    return today + datetime.timedelta(days=10)


def noted(person):
    with tenancy.tenant(person.organisation_id, person.person):
        return [
            (point.kept.words["what"], point.person, point.due_on, bool(point.done_at))
            for point in ActionPoint.objects.select_related("kept__key", "person").order_by("noted_at", "box")
        ]


def test_actions_in_a_record_have_an_owner_and_a_day(as_mentee, partnership, mentee, mentor, soon):
    said = {"box_mentee_actions": "Write to the dean", "box_mentee_actions_by": soon.isoformat()}

    as_mentee.post(partnership.url("support:log"), {**QUICK, **said, "box_mentor_actions": "Send the report"})

    assert sorted(noted(mentee), key=str) == [
        ("Send the report", mentor.person, None, False),
        ("Write to the dean", mentee.person, soon, False),
    ]


def test_a_changed_record_changes_its_action_and_keeps_one(as_mentee, partnership, mentee, soon):
    as_mentee.post(partnership.url("support:log"), {**QUICK, "box_mentee_actions": "Write to the dean"})
    address = partnership.url("support:meeting", pk=partnership.meetings.get().pk)
    seen = as_mentee.get(address).context["form"]["seen"].value()

    as_mentee.post(
        address,
        {**QUICK, "seen": seen, "box_mentee_actions": "Ring the dean", "box_mentee_actions_by": soon.isoformat()},
    )
    form = as_mentee.get(address).context["form"]

    assert noted(mentee) == [("Ring the dean", mentee.person, soon, False)]
    assert form["box_mentee_actions_by"].value() == soon
    as_mentee.post(address, {**QUICK, "seen": form["seen"].value(), "box_mentee_actions": ""})
    assert noted(mentee) == []


def test_what_is_open_stands_on_the_next_agenda_until_it_is_done(as_mentee, partnership, mentee):
    as_mentee.post(partnership.url("support:actions"), {"what": "Read the report", "who": str(mentee.person_id)})
    as_mentee.post(partnership.url("support:actions"), {"what": "Book a room", "who": ""})

    agenda = as_mentee.get(partnership.url("support:plan")).context["form"]["agenda"].value()
    point = ActionPoint.objects.get(person=mentee.person)
    as_mentee.post(partnership.url("support:tick", pk=point.pk))
    later = as_mentee.get(partnership.url("support:plan")).context["form"]["agenda"].value()

    assert agenda == "Sŵn Menteeova: Read the report\nAll of us: Book a room"
    assert later == "All of us: Book a room"


def test_an_action_is_open_again_when_it_was_not_done_after_all(as_mentee, partnership):
    as_mentee.post(partnership.url("support:actions"), {"what": "Read the report", "who": ""})
    point = ActionPoint.objects.get()
    address = partnership.url("support:tick", pk=point.pk)

    as_mentee.post(address)
    point.refresh_from_db()
    done = point.done_at
    as_mentee.post(address, {"undo": "yes"})
    point.refresh_from_db()

    assert (bool(done), point.done_at) == (True, None)


def test_the_partners_page_leads_to_what_is_open(as_mentee, partnership):
    as_mentee.post(partnership.url("support:actions"), {"what": f"{CANARY} report", "who": ""})

    assert partnership.url("support:actions") in as_mentee.get(partnership.url("support:partnership")).content.decode()
    assert f"{CANARY} report" in as_mentee.get(partnership.url("support:actions")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"what": ""}, "Fill in “What?”."),
        ({"who": "00000000-0000-0000-0000-000000000000"}, "Select a valid choice"),
        ({"due_on": "2027-02-29"}, "Enter a date that exists"),
    ],
)
def test_a_wrong_action_is_explained(as_mentee, partnership, wrong, words):
    page = as_mentee.post(partnership.url("support:actions"), {"what": "Read", "who": "", **wrong}).content.decode()

    assert words in page or "Choose" in page
    assert ActionPoint.objects.count() == 0


@pytest.mark.parametrize("who", ["coordinator", "administrator", "outsider", "other_mentee"])
def test_nobody_else_finds_an_action(client, sign_in, request, programme, partnership, mentee, organisation, who):
    with tenancy.tenant(organisation, mentee.person):
        point = promises.note(partnership, CANARY, by=mentee.person, now=timezone.now())
    person = (
        cast.make_partnership(programme).mentees[0].person if who == "other_mentee" else request.getfixturevalue(who)
    )
    sign_in(client, person)

    assert client.get(partnership.url("support:actions")).status_code == 404
    assert client.post(partnership.url("support:actions"), {"what": "x"}).status_code == 404
    assert client.post(partnership.url("support:tick", pk=point.pk)).status_code == 404
    with tenancy.tenant(organisation, person), connection.cursor() as cursor:
        cursor.execute("select count(*) from support_partnerswords")
        assert cursor.fetchone()[0] == 0


def test_looking_ticks_nothing(as_mentee, partnership):
    as_mentee.post(partnership.url("support:actions"), {"what": "Read", "who": ""})
    point = ActionPoint.objects.get()

    assert as_mentee.get(partnership.url("support:tick", pk=point.pk)).status_code == 405
    assert ActionPoint.objects.filter(done_at=None).count() == 1


def test_after_the_end_nothing_is_added(as_mentee, partnership):
    partnership.state, partnership.ended_at = PartnershipState.ENDED, timezone.now()
    partnership.save()

    as_mentee.post(partnership.url("support:actions"), {"what": "Read", "who": ""})

    assert ActionPoint.objects.count() == 0
