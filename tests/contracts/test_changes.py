"""After everybody has signed: changes with signatures of their own and members who join."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from contracts import actions, queries
from contracts.models import Acceptance, Agreement, Answer
from contracts.reminders import still_to_sign
from mentoring.documents.models import Seal
from mentoring.outbox.models import Message
from mentoring.outbox.sweeps import sweep
from mentoring.refusal import Refused
from programmes.models import Partnership
from tests import cast

from .conftest import fill_in, sign_all, sign_as, sign_change, text_on

LATER = datetime.timedelta(days=90)


def test_extension_counts_when_everybody_has_signed_again(visit, partnership, mentor, mentee):
    first = sign_all(partnership)
    last_day = partnership.ends_on + LATER

    page = text_on(visit(mentee.person, partnership, "contracts:change", what="end", ends_on=last_day.isoformat()))
    assert "A change of your agreement" in page
    assert "Suggested to you" not in page  # the words are those that everybody has signed
    assert page.count("Changed since you signed") == 1
    assert Message.objects.get(kind="agreement_change").to == mentor.person
    visit(mentee.person, partnership, "contracts:ready", go="on")
    version = queries.version_offered(partnership)
    sign_as(mentee.person, partnership, version)
    assert Partnership.objects.get().ends_on == first.ends_on
    assert visit(mentee.person, partnership, "contracts:download").content == bytes(first.contract.content)
    sign_as(mentor.person, partnership, version)

    second = queries.agreement_in_force(partnership)
    assert Partnership.objects.get().ends_on == last_day
    first.refresh_from_db()
    assert (first.state, second.follows, version.number) == ("superseded", first, 2)
    assert first.keep_until >= second.keep_until >= last_day.replace(year=last_day.year + 5)
    assert Seal.objects.get(sha256=first.contract.sha256).state == "replaced"
    earlier = visit(mentor.person, partnership)
    assert "Earlier contracts" in text_on(earlier)
    url = partnership.url("contracts:earlier", pk=first.pk)
    assert earlier.client.get(url).content == bytes(first.contract.content)


def test_change_of_words_and_rhythm(visit, partnership, mentee):
    sign_all(partnership)
    visit(mentee.person, partnership, "contracts:change", what="words")
    change = queries.agreement_of(partnership)
    assert Answer.objects.filter(agreement=change).count() == Answer.objects.exclude(agreement=change).count()

    visit(mentee.person, partnership, "contracts:discuss", **kept(partnership, mentee.person), cadence_days="14")
    sign_change(partnership)

    assert Partnership.objects.get().cadence_days == 14
    assert queries.version_in_force(queries.agreement_of(partnership)).content["rhythm"] == "every 2 weeks"


def kept(partnership, person):
    """What the form of somebody who changes no words would send."""
    agreement = queries.agreement_of(partnership)
    answers = queries.answers_in(agreement)
    boxes = [box for box in queries.boxes_in(agreement) if box.may_be_filled_by(person)]
    held = {box.name: answers[box.name].words for box in boxes}
    return held | {f"seen-{name}": said for name, said in held.items()}


def test_change_is_taken_back(visit, partnership, mentor, mentee):
    first = sign_all(partnership)
    visit(mentee.person, partnership, "contracts:change", what="words")

    page = text_on(visit(mentor.person, partnership, "contracts:withdraw", go="on"))

    assert "Your agreement stays as it is." in page
    assert queries.agreement_of(partnership) == first
    assert Message.objects.get(kind="agreement_kept").to == mentee.person
    visit(mentee.person, partnership, "contracts:change", what="words")
    assert queries.agreement_of(partnership).follows == first


@pytest.mark.parametrize(
    ("days", "answer"),
    [(None, "Say which day is to be the last."), (0, "ends already"), (-400, "has passed"), (4000, "three years")],
)
def test_last_day_that_cannot_be_is_explained(visit, partnership, mentee, days, answer):
    sign_all(partnership)
    day = (partnership.ends_on + datetime.timedelta(days=days)).isoformat() if days is not None else ""

    page = text_on(visit(mentee.person, partnership, "contracts:change", what="end", ends_on=day))

    assert answer in page
    assert Agreement.objects.count() == 1


def test_only_partners_propose_a_change(sign_in, partnership, coordinator, administrator, outsider):
    sign_all(partnership)

    for person in (coordinator, administrator, outsider):
        client = sign_in(Client(), person)
        assert client.post(partnership.url("contracts:change"), {"what": "words"}).status_code == 404
        assert client.post(partnership.url("contracts:withdraw")).status_code == 404
    with pytest.raises(Refused, match="Only the partners themselves"):
        actions.propose_change(partnership, by=coordinator, now=timezone.now())


def test_whoever_joins_signs_on_joining_and_whoever_leaves_voids_nothing(
    visit, sign_in, partnership, programme, mentor, mentee
):
    first = sign_all(partnership).contract
    joins = cast.make_participant(programme, "mentee", cast.make_person("Nia Newcomer"))
    Partnership.objects.update(model="circle")
    now = timezone.now()
    partnership.members.create(
        participant=joins, person=joins.person, role="mentee", joined_at=now, reads_from=timezone.localdate(now)
    )
    partnership = Partnership.objects.get()
    assert "Welcome: read and sign" in text_on(visit(joins.person, partnership))
    assert "Read and sign your agreement" in sign_in(Client(), joins.person).get("/my/").content.decode()
    reminders, counts = Message.objects.filter(kind="agreement_reminder"), []
    for days in (2, 3, 4, 7, 7):
        sweep(now + datetime.timedelta(days=days))
        counts.append(reminders.count())
    assert (counts, {letter.to_id for letter in reminders}) == ([0, 1, 1, 2, 2], {joins.person_id})
    assert all(still_to_sign(letter) for letter in reminders)
    version = queries.version_in_force(queries.agreement_of(partnership))

    visit(joins.person, partnership, "contracts:sign", sha256=version.sha256, typed_name="Nia Newcomer")

    assert not any(still_to_sign(letter) for letter in reminders)
    assert "Read and sign your agreement" not in sign_in(Client(), joins.person).get("/my/").content.decode()
    agreement = queries.agreement_of(partnership)
    assert agreement.state == "active"
    assert {str(signature.person) for signature in queries.signatures_under(version)} == {
        "Sŵn Menteeova",
        "Mor Mentorsen",
        "Nia Newcomer",
    }
    assert agreement.contract_id != first.pk
    partnership.members.filter(person=mentee.person).update(live=False, left_at=timezone.now())
    assert queries.agreement_in_force(Partnership.objects.get()) == agreement
    assert version.signatures.count() == 3


def test_partner_accepts_what_the_other_suggested(visit, partnership, mentor, mentee):
    fill_in(partnership)
    first = queries.suggestions_for(queries.agreement_of(partnership), partnership.mentors[0])
    assert {answer.clause for answer in first} == {"communication", "confidentiality", "boundaries", "objectives"}

    page = text_on(visit(mentor.person, partnership, "contracts:accept", go="on"))

    assert "Your partner sees that you are content with it." in page
    assert "Accepted by Mor Mentorsen" in text_on(visit(mentee.person, partnership))
    visit(
        mentee.person,
        partnership,
        "contracts:discuss",
        **kept(partnership, mentee.person) | {"objectives": "Another aim"},
    )
    left = queries.suggestions_for(queries.agreement_of(partnership), partnership.mentors[0])
    assert [answer.clause for answer in left] == ["objectives"]


def test_partner_accepts_one_point_and_never_words_that_were_changed_meanwhile(visit, partnership, mentor, mentee):
    agreement = fill_in(partnership)
    seen = max(answer.written_at for answer in agreement.answers.all()).isoformat()

    visit(mentor.person, partnership, "contracts:accept", box="objectives", seen=seen)

    assert [one.answer.clause for one in Acceptance.objects.all()] == ["objectives"]
    words = kept(partnership, mentee.person) | {"boundaries": "No calls at weekends"}
    visit(mentee.person, partnership, "contracts:discuss", **words)
    page = text_on(visit(mentor.person, partnership, "contracts:accept", box="boundaries", seen=seen))
    assert "Somebody changed these words while you were reading." in page
    assert "This button was not sent whole." in text_on(
        visit(mentor.person, partnership, "contracts:accept", seen="yesterday")
    )
    assert Acceptance.objects.count() == 1
