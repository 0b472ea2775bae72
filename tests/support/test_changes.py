"""Writing to both, resting, going on, and ending without fault."""

import datetime
import re

import pytest
from django.db import connection
from django.utils import timezone

from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message, MessageState
from programmes.models import PartnershipState
from programmes.support.models import Ending, NextWish
from tests import cast

NOW = {"how": "now"}
WHY = NOW | {"reason": "not_a_match", "note": "CANARYREASON", "wish": "yes"}


def letters(kind):
    return {message.address: message for message in Message.objects.filter(kind=kind)}


@pytest.fixture
def ended(client, sign_in, partnership, mentee, coordinator):
    """The mentee has ended it and said why."""
    sign_in(client, mentee.person).post(partnership.url("support:end"), WHY)
    partnership.refresh_from_db()
    return partnership


def test_coordinator_drafts_a_question_to_both(client, sign_in, coordinator, partnership, mentee, mentor, programme):
    sign_in(client, coordinator)

    answers = [client.post(partnership.url("support:check_in")) for _ in range(2)]

    drafts = letters("check_in")
    assert answers[0].headers["Location"] == programme.url("programmes:messages") + "?state=draft"
    assert set(drafts) == {mentee.person.email, mentor.person.email}
    assert {draft.state for draft in drafts.values()} == {MessageState.DRAFT}
    assert drafts[mentee.person.email].subject == "How are you and Mor getting on?"
    assert Message.objects.filter(kind="check_in").count() == 2


def test_a_silent_partnership_can_be_written_to_from_the_list(client, sign_in, coordinator, partnership, programme):
    page = sign_in(client, coordinator).get(programme.url("support:home")).content.decode()

    assert f'action="{partnership.url("support:check_in")}"' in page


def test_the_list_says_when_they_were_written_to(client, sign_in, coordinator, partnership, programme, days_ago):
    sent_at = timezone.now() - datetime.timedelta(days=3)
    sign_in(client, coordinator).post(partnership.url("support:check_in"))
    Message.objects.filter(kind="check_in").update(state=MessageState.SENT, sent_at=sent_at)

    page = client.get(programme.url("support:home")).content.decode()

    assert f"Written to on {sent_at.day} {sent_at:%B}; nothing logged since." in page


@pytest.mark.parametrize("who", ["mentee", "mentor", "sponsor", "administrator", "outsider"])
def test_only_a_coordinator_writes_to_both(client, sign_in, request, partnership, who):
    person = request.getfixturevalue(who)
    person = getattr(person, "person", person)

    assert sign_in(client, person).post(partnership.url("support:check_in")).status_code == 404
    assert letters("check_in") == {}


@pytest.mark.parametrize("who", ["mentee", "mentor", "coordinator"])
def test_it_rests_and_goes_on(client, sign_in, request, partnership, mentee, mentor, today, who):
    person = request.getfixturevalue(who)
    person = getattr(person, "person", person)
    sign_in(client, person)

    before = client.get(partnership.url("support:rest")).content.decode()
    client.post(partnership.url("support:rest"))
    partnership.refresh_from_db()
    rested = partnership.state
    client.post(partnership.url("support:go_on"))

    partnership.refresh_from_db()
    others = {mentee.person.email, mentor.person.email} - {person.email}
    assert "rests for a while" in before
    assert rested == PartnershipState.PAUSED
    assert (partnership.state, partnership.rhythm_from) == (PartnershipState.ACTIVE, today)
    assert set(letters("partnership_rests")) == set(letters("partnership_goes_on")) == others


def test_a_rest_until_a_day_is_said_to_the_other_and_can_be_made_longer(
    client, sign_in, partnership, mentee, mentor, coordinator, today
):
    until, later = today + datetime.timedelta(days=30), today + datetime.timedelta(days=60)
    address = partnership.url("support:rest")
    sign_in(client, mentee.person)

    for wrong in (today, partnership.ends_on + datetime.timedelta(days=1)):
        assert "Give a day after today" in client.post(address, {"until": wrong.isoformat()}).content.decode()
    page = client.post(address, {"until": until.isoformat()}, follow=True).content.decode()
    partnership.refresh_from_db()

    assert (partnership.state, partnership.resting_until) == (PartnershipState.PAUSED, until)
    assert f"asked on {until:%-d %B %Y} whether you would like to go on" in page
    assert f"On {until:%-d %B %Y} each of you is asked" in letters("partnership_rests")[mentor.person.email].body
    seen = sign_in(client, coordinator).get(partnership.url("support:partnership")).content.decode()
    assert f"Began a rest, until {until:%-d %B %Y}" in seen
    assert f"They mean to rest until {until:%-d %B %Y}." in seen

    sign_in(client, mentor.person).post(address, {"until": later.isoformat()})
    partnership.refresh_from_db()
    assert partnership.resting_until == later

    client.post(partnership.url("support:go_on"))
    partnership.refresh_from_db()
    assert (partnership.state, partnership.resting_until) == (PartnershipState.ACTIVE, None)


def test_what_the_others_will_read_is_shown_before_anything_is_sent(client, sign_in, partnership, mentee, mentor):
    page = sign_in(client, mentee.person).get(partnership.url("support:end")).content.decode()
    client.post(partnership.url("support:end"), NOW)

    sent = letters("partnership_ended")[mentor.person.email]
    for paragraph in sent.body.strip().split("\n\n"):
        paragraph = re.sub(r"\[(.+)\]\(.+\)", r"\1", paragraph)  # a button is shown by its words
        assert paragraph.replace("'", "&#x27;") in page


def test_ending_frees_the_places_and_tells_everybody(ended, mentee, mentor, coordinator, programme):
    assert ended.state == PartnershipState.ENDED
    assert ended.ended_at is not None
    assert list(ended.members.values_list("live", flat=True)) == [False, False]
    assert list(letters("partnership_ended")) == [mentor.person.email]
    assert list(letters("partnership_ended_for_coordinators")) == [coordinator.email]
    assert Event.objects.get(what="partnership ended").details == {}
    again = cast.make_partnership(programme, mentor, mentee)
    assert again.is_live


def test_why_it_ended_reaches_the_coordinator_alone(client, sign_in, ended, coordinator, mentor):
    read = sign_in(client, coordinator).get(ended.url("support:partnership")).content.decode()
    others = [sign_in(client, mentor.person).get(ended.url("support:partnership")).content.decode()]
    others += [message.body + message.subject for message in Message.objects.all()]
    others += [str(list(Event.objects.values()))]

    assert "CANARYREASON" in read
    assert "We were not the right match" in read
    assert not [text for text in others if "CANARYREASON" in text or "not_a_match" in text or "right match" in text]


def test_in_sql_only_its_author_and_those_who_run_the_programme_are_given_the_reason(
    organisation, ended, mentee, mentor, coordinator, administrator, outsider
):
    def count(person, table):
        with tenancy.tenant(organisation, person), connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table}")
            return cursor.fetchone()[0]

    for table in ("support_ending", "support_endingevent"):
        readers = (coordinator, mentee.person, mentor.person, administrator, outsider, None)
        assert [count(person, table) for person in readers] == [1, 1, 0, 0, 0, 0]
    with tenancy.tenant(organisation, mentor.person):
        assert Ending.objects.update(note="changed") == 0


def test_nothing_need_be_said(client, sign_in, partnership, mentor, organisation):
    sign_in(client, mentor.person).post(partnership.url("support:end"), NOW)

    with tenancy.tenant(organisation, mentor.person):
        ending = Ending.objects.get()
    assert (ending.reason, ending.note, ending.ended_by_id) == ("", "", mentor.person_id)
    assert NextWish.objects.count() == 0


def test_it_ends_once(client, sign_in, ended, mentor):
    answer = sign_in(client, mentor.person).post(ended.url("support:end"), NOW)

    assert "has ended already" in str(answer.context["form"].non_field_errors())
    assert len(letters("partnership_ended")) == 1


@pytest.mark.parametrize("name", ["rest", "end", "go_on"])
@pytest.mark.parametrize("who", ["sponsor", "administrator", "outsider", "partner_contact", "stranger"])
def test_nobody_else_changes_a_partnership(client, sign_in, request, programme, partnership, name, who):
    person = cast.make_partnership(programme).mentees[0].person if who == "stranger" else request.getfixturevalue(who)

    answer = sign_in(client, person).post(partnership.url(f"support:{name}"), {})

    partnership.refresh_from_db()
    assert answer.status_code == 404
    assert partnership.state == PartnershipState.ACTIVE


def test_opening_the_pages_changes_nothing(client, sign_in, partnership, mentee):
    sign_in(client, mentee.person)

    assert [
        client.get(partnership.url(f"support:{name}")).status_code for name in ("rest", "end", "go_on", "check_in")
    ] == [
        200,
        200,
        405,
        404,
    ]
    partnership.refresh_from_db()
    assert partnership.state == PartnershipState.ACTIVE
    assert Message.objects.count() == 0


def test_what_cannot_rest_or_go_on_says_so(client, sign_in, partnership, mentee):
    sign_in(client, mentee.person)
    partnership.state = PartnershipState.AGREED
    partnership.save()

    rests = client.post(partnership.url("support:rest"))
    goes_on = client.post(partnership.url("support:go_on"), follow=True)

    assert "Only a partnership that is under way can rest." in rests.content.decode()
    assert "This partnership does not rest." in goes_on.content.decode()
