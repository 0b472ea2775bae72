"""Ending after a last meeting: either may ask, nobody can hold anybody, and both say what they would like next."""

import datetime
import re

import pytest
from django.db import connection
from django.utils import timezone

from matching.queries import earlier_pairs, mentees_to_match, mentors_with_places
from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from mentoring.outbox.sweeps import sweep
from programmes.models import PartnershipState
from programmes.support.endings import actions as endings
from programmes.support.endings.actions import Parting
from programmes.support.health import Health
from programmes.support.models import Closing, Ending, NextWish
from programmes.support.queries import count_reasons, standings
from tests import cast

DAY = datetime.timedelta(days=1)
ASK = {
    "how": "after",
    "message": "Thank you for everything.",
    "reason": "little_time",
    "note": "CANARYREASON",
    "wish": "no",
}


def letters(kind):
    return {message.address: message for message in Message.objects.filter(kind=kind)}


@pytest.fixture
def asked(client, sign_in, partnership, mentee, mentor, coordinator):
    """The mentee has asked to end, with a last meeting before."""
    sign_in(client, mentee.person).post(partnership.url("support:end"), ASK)
    partnership.refresh_from_db()
    return partnership


@pytest.fixture
def visit(client, sign_in):
    def go(person, address, **posted):
        sign_in(client, person)
        answer = client.post(address, posted, follow=True) if posted else client.get(address, follow=True)
        return answer.content.decode()

    return go


def test_the_partner_reads_what_was_shown_and_nothing_has_ended_yet(
    client, sign_in, partnership, mentee, mentor, coordinator
):
    page = sign_in(client, mentee.person).get(partnership.url("support:end")).content.decode()
    client.post(partnership.url("support:end"), ASK)

    letter = letters("partnership_closing")[mentor.person.email]
    for paragraph in letter.body.replace("Sŵn adds: “Thank you for everything.”\n\n", "").strip().split("\n\n"):
        paragraph = re.sub(r"\[(.+)\]\(.+\)", r"\1", paragraph)  # a button is shown by its words
        assert paragraph.strip().replace("'", "&#x27;") in page
    assert "Sŵn adds: “Thank you for everything.”" in letter.body
    assert list(letters("partnership_closing_for_coordinators")) == [coordinator.email]
    partnership.refresh_from_db()
    assert partnership.state == PartnershipState.ACTIVE


def test_both_see_until_when_it_stays_open_and_the_coordinator_too(asked, visit, mentee, mentor, coordinator):
    day = timezone.localdate() + 14 * DAY
    words = f"It closes by itself on {day:%A} {day.day} {day:%B} at the latest"

    pages = [visit(person, asked.url("support:partnership")) for person in (mentee.person, mentor.person, coordinator)]

    assert [words in page for page in pages] == [True] * 3
    assert ["Go on after all" in page for page in pages] == [True, False, False]


def test_it_counts_as_ending_and_nobody_is_reminded(asked, programme, organisation):
    (one,) = standings(programme, timezone.localdate())

    assert (one.assessment.health, one.assessment.needs_you) == (Health.ENDING, False)
    assert sweep(timezone.now()) == 0


@pytest.mark.parametrize("who", ["mentee", "mentor", "coordinator"])
def test_anybody_of_them_closes_it_after_the_last_meeting(asked, visit, request, who, mentee, mentor):
    person = getattr(request.getfixturevalue(who), "person", request.getfixturevalue(who))

    visit(person, asked.url("support:close"), go="on")

    asked.refresh_from_db()
    assert asked.state == PartnershipState.ENDED
    assert set(letters("partnership_ended")) == {mentee.person.email, mentor.person.email} - {person.email}


def test_without_an_answer_it_closes_by_itself_after_fourteen_days(asked, mentee, mentor, organisation):
    now = timezone.now()

    states = []
    for days in (1, 13, 14, 15, 16):
        sweep(now + days * DAY)
        asked.refresh_from_db()
        states.append(asked.state)

    assert states == ["active", "active", "active", "ended", "ended"]
    assert set(letters("partnership_ended")) == {mentee.person.email, mentor.person.email}
    assert Event.objects.filter(what="partnership ended").count() == 1
    assert list(asked.members.values_list("live", flat=True)) == [False, False]


def test_ones_own_next_steps_are_sent_to_oneself_alone(visit, partnership, programme, mentee, coordinator):
    visit(mentee.person, partnership.url("support:end"), **ASK, next_steps="CANARYSTEPS: write to the panel")

    (letter,) = Message.objects.filter(kind="next_steps")
    assert (letter.address, letter.programme_id) == (mentee.person.email, None)
    assert "CANARYSTEPS" in letter.body
    pages = [
        visit(coordinator, page)
        for page in (partnership.url("support:partnership"), programme.url("programmes:messages"))
    ]
    assert [page for page in pages if "CANARYSTEPS" in page] == []


def test_whoever_ends_before_any_meeting_is_not_told_of_a_first_one(asked, visit, mentee, mentor):
    for member in (mentee, mentor):
        page = visit(member.person, asked.url("support:partnership"))
        assert ("Your first meeting" in page, "If you meet once more" in page) == (False, True)


def test_who_asked_may_take_it_back_and_nobody_else(asked, visit, mentee, mentor, organisation):
    assert "Only the person who asked" in visit(mentor.person, asked.url("support:take_back"), go="on")
    visit(mentee.person, asked.url("support:take_back"), go="on")

    asked.refresh_from_db()
    assert asked.state == PartnershipState.ACTIVE
    with tenancy.tenant(organisation, mentee.person):
        assert [model.objects.count() for model in (Closing, Ending, NextWish)] == [0, 0, 0]
    assert list(letters("partnership_goes_on_after_all")) == [mentor.person.email]


def test_at_the_end_of_their_time_two_may_go_on_on_their_own(visit, partnership, mentee, organisation):
    partnership.ends_on = timezone.localdate() + 7 * DAY
    partnership.save()

    page = visit(mentee.person, partnership.url("support:end"))
    visit(mentee.person, partnership.url("support:end"), **ASK | {"how": "now", "reason": "on_our_own"})

    assert "You may go on meeting on your own." in page
    with tenancy.tenant(organisation, mentee.person):
        assert Ending.objects.get().reason == "on_our_own"


def test_asking_twice_says_so_and_the_other_can_end_it_at_once(asked, visit, mentee, mentor, organisation, coordinator):
    with tenancy.tenant(organisation, mentee.person), pytest.raises(endings.Refused, match="asked for this already"):
        endings.ask_to_end(asked, by=mentee.person, now=timezone.now())

    visit(mentor.person, asked.url("support:end"), reason="other", wish="yes")

    asked.refresh_from_db()
    assert asked.state == PartnershipState.ENDED
    with tenancy.tenant(organisation, coordinator):
        assert Ending.objects.get().reason == "little_time"
        assert dict(NextWish.objects.values_list("person_id", "wish")) == {
            mentee.person_id: "no",
            mentor.person_id: "yes",
        }


def test_what_each_wishes_is_hidden_from_the_other_in_sql(asked, visit, mentee, mentor, coordinator, organisation):
    visit(mentor.person, asked.url("support:close"), go="on")
    visit(mentor.person, asked.url("support:wish"), wish="again")

    def count(person):
        with tenancy.tenant(organisation, person), connection.cursor() as cursor:
            cursor.execute("select count(*) from support_nextwish")
            return cursor.fetchone()[0]

    assert [count(person) for person in (mentee.person, mentor.person, coordinator)] == [1, 1, 2]
    page = visit(coordinator, asked.url("support:partnership"))
    assert "Yes, with the same partner" in page
    assert (
        "Yes, with the same partner"
        not in visit(mentee.person, asked.url("support:partnership"))
        .replace('value="again"', "")
        .split("Would you like a new match?")[0]
    )


def test_a_wish_that_is_none_of_the_answers_is_explained(asked, visit, mentor):
    visit(mentor.person, asked.url("support:close"), go="on")

    assert "Choose one of the answers." in visit(mentor.person, asked.url("support:wish"), wish="maybe")


@pytest.mark.parametrize("name", ["close", "take_back", "wish", "reasons"])
@pytest.mark.parametrize("who", ["sponsor", "outsider", "partner_contact", "stranger"])
def test_nobody_else_has_a_part_in_it(client, sign_in, request, programme, asked, name, who):
    person = cast.make_partnership(programme).mentees[0].person if who == "stranger" else request.getfixturevalue(who)
    address = programme.url("support:reasons") if name == "reasons" else asked.url(f"support:{name}")

    assert sign_in(client, person).post(address, {"wish": "yes"}).status_code == 404


# --- Afterwards ----------------------------------------------------------------------------------------------------------


def test_who_left_is_not_matched_again_with_whom_they_left(client, sign_in, programme, partnership, mentee, mentor):
    partnership.model = "group"
    partnership.save()
    others = [cast.make_participant(programme, "mentee") for _ in range(2)]
    for one in others:
        partnership.members.create(participant=one, person=one.person, role="mentee")

    sign_in(client, mentee.person).post(partnership.url("support:leave"), {"wish": "yes"})

    assert earlier_pairs(programme) == {(mentee.pk, mentor.pk)}
    assert mentees_to_match(programme) == [mentee]


def test_the_same_two_are_not_matched_again_unless_both_wish_it(
    programme, partnership, mentee, mentor, coordinator, organisation
):
    with tenancy.tenant(organisation, mentee.person):
        endings.end(partnership, Parting(wish="again"), by=mentee.person, now=timezone.now())
    assert earlier_pairs(programme) == {(mentee.pk, mentor.pk)}

    with tenancy.tenant(organisation, mentor.person):
        endings.say_wish(partnership, wish="yes", by=mentor.person, now=timezone.now())
    assert earlier_pairs(programme) == {(mentee.pk, mentor.pk)}

    with tenancy.tenant(organisation, mentor.person):
        endings.say_wish(partnership, wish="again", by=mentor.person, now=timezone.now())
    assert earlier_pairs(programme) == set()


def test_who_wants_no_other_match_is_left_out_and_the_mentor_is_back_in_the_pool(
    programme, partnership, mentee, mentor, organisation
):
    assert (mentees_to_match(programme), mentors_with_places(programme)) == ([], {mentor: 1})

    with tenancy.tenant(organisation, mentee.person):
        endings.end(partnership, Parting(wish="no"), by=mentee.person, now=timezone.now())

    assert (mentees_to_match(programme), mentors_with_places(programme)) == ([], {mentor: 2})

    endings.say_wish(partnership, wish="yes", by=mentee.person, now=timezone.now())

    assert mentees_to_match(programme) == [mentee]


@pytest.mark.parametrize(
    "given, shown, others",
    [
        ({"other": 4}, [], 0),
        ({"other": 5}, [("Something else", 5)], 0),
        ({"other": 5, "little_time": 4}, [], 9),  # the four could be worked out from the total
        ({"other": 7, "little_time": 3, "time_over": 2}, [("Something else", 7)], 5),
        ({"other": 7, "time_over": 6, "little_time": 1}, [("Something else", 7)], 7),
    ],
)
def test_reasons_are_counted_in_groups_of_five(programme, coordinator, organisation, given, shown, others):
    with tenancy.tenant(organisation, coordinator):
        for reason, many in given.items():
            for _ in range(many):
                pair = cast.make_partnership(programme, state=PartnershipState.ENDED)
                Ending.objects.create(partnership=pair, ended_by=coordinator, reason=reason)
        counted = count_reasons(programme)

    assert (counted.shown, counted.others, counted.ended) == (shown, others, sum(given.values()))


def test_the_page_of_reasons_says_when_there_are_too_few(visit, programme, coordinator, asked):
    assert "Too few to say" in visit(coordinator, programme.url("support:reasons"))
