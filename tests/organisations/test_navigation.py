"""The links at the top of an organisation's pages: the one somebody is under is marked, and no other."""

import pytest
from django.urls import reverse

from mentoring.organisations.navigation import navigation
from mentoring.organisations.policy import Hat


@pytest.mark.parametrize(
    ("name", "current"),
    [
        ("organisations:home", ["Programmes"]),
        ("help_desk:complaints", ["Complaints"]),
        ("help_desk:concerns", []),
    ],
)
def test_the_page_of_programmes_is_current_on_its_own_page_alone(organisation, name, current):
    path = reverse(name, kwargs={"organisation": organisation.slug})

    links = navigation(organisation, frozenset({Hat.ADMINISTRATOR}), path)

    assert [link["label"] for link in links if link["current"]] == current
