"""A co-ordinator sees how every agreement stands."""

import pytest
from django.test import Client

from tests import cast

from .conftest import fill_in, make_ready, questions, sign_all, sign_as, text_on


def see(sign_in, person, programme, query=""):
    return sign_in(Client(), person).get(programme.url("contracts:home") + query)


def test_coordinator_sees_states_and_whom_they_wait_for(sign_in, programme, coordinator, partnership, mentee):
    sign_as(mentee.person, partnership, make_ready(partnership))
    begun = cast.make_partnership(programme, state="agreed")
    fill_in(begun)
    cast.make_partnership(programme, state="agreed")
    sign_all(cast.make_partnership(programme, state="agreed"))

    response = see(sign_in, coordinator, programme)

    rows = response.context["rows"]
    assert [row["agreement"] and row["agreement"].state for row in rows] == ["signing", "discussing", None, "active"]
    assert [str(member.person) for member in rows[0]["waiting"]] == ["Mor Mentorsen"]
    assert [chip["count"] for chip in response.context["chips"]] == [4, 0, 1, 1, 1, 1]
    page = text_on(response)
    assert "Remind" in page
    assert "Download" in page


def test_list_narrows_by_name_and_state(sign_in, programme, coordinator, partnership):
    make_ready(partnership)
    other = cast.make_partnership(programme, state="agreed")

    found = {
        query: [row["partnership"] for row in see(sign_in, coordinator, programme, query).context["rows"]]
        for query in ("?q=sŵn", "?state=signing", "?state=none", "?q=sŵn&state=none", "?state=rubbish")
    }

    assert found == {
        "?q=sŵn": [partnership],
        "?state=signing": [partnership],
        "?state=none": [other],
        "?q=sŵn&state=none": [],
        "?state=rubbish": [partnership, other],
    }


def test_list_of_another_programme_shows_nothing_of_this_one(sign_in, programme, partnership, administrator):
    other = cast.make_programme("other", by=administrator)
    person = cast.make_person()
    cast.give_role(person, "coordinator", other)
    fill_in(partnership)

    assert see(sign_in, person, other).context["rows"] == []
    assert see(sign_in, person, programme).status_code == 404


@pytest.mark.parametrize("who", ["sponsor", "partner_contact", "outsider"])
def test_list_is_not_there_for_others(sign_in, request, programme, partnership, who):
    assert see(sign_in, request.getfixturevalue(who), programme).status_code == 404


def test_list_is_not_there_for_partners(sign_in, programme, partnership, mentee):
    assert see(sign_in, mentee.person, programme).status_code == 404


def test_administrator_sees_states_and_reaches_no_text(sign_in, programme, partnership, administrator):
    make_ready(partnership)

    page = text_on(see(sign_in, administrator, programme))

    assert "Waiting for signatures" in page
    assert partnership.url("contracts:agreement") not in page


def test_list_asks_the_same_number_of_questions_however_long(sign_in, programme, coordinator, partnership):
    client, url = sign_in(Client(), coordinator), programme.url("contracts:home")
    for _ in range(2):
        sign_as_mentee(cast.make_partnership(programme, state="agreed"))
    few = questions(client, url)
    for _ in range(30):
        fill_in(cast.make_partnership(programme, state="agreed"))

    many = questions(client, url)

    assert len(many) == len(few) <= 20


def sign_as_mentee(partnership):
    sign_as(partnership.mentees[0].person, partnership, make_ready(partnership))


def test_long_list_has_pages(sign_in, programme, coordinator):
    for _ in range(27):
        cast.make_partnership(programme, state="agreed")

    assert len(see(sign_in, coordinator, programme).context["rows"]) == 25
    assert len(see(sign_in, coordinator, programme, "?page=2").context["rows"]) == 2
    assert len(see(sign_in, coordinator, programme, "?page=rubbish").context["rows"]) == 25


def test_empty_list_says_what_comes(sign_in, programme, coordinator):
    assert "Agreements appear here as soon as matches are confirmed." in text_on(see(sign_in, coordinator, programme))


def test_coordinator_names_a_party_and_sees_the_clauses(sign_in, programme, coordinator, partner_contact):
    client, url = sign_in(Client(), coordinator), programme.url("contracts:template")
    partner = partner_contact.memberships.get().partner

    page = text_on(client.get(url))
    client.post(programme.url("contracts:party"), {"partner": str(partner.pk)})

    assert "How to reach the mentee" in page
    assert client.get(url).context["party"].initial["partner"] == partner


def test_party_that_does_not_exist_is_explained(sign_in, programme, coordinator, partnership):
    page = text_on(
        sign_in(Client(), coordinator).post(programme.url("contracts:party"), {"partner": str(partnership.pk)})
    )

    assert "There is a problem" in page


def test_coordinator_finds_the_list_from_every_page(sign_in, programme, coordinator):
    page = text_on(sign_in(Client(), coordinator).get(programme.url("programmes:home")))

    assert f'href="{programme.url("contracts:home")}"' in page
