"""Lists are narrowed without loading a whole page where scripts run, and by an ordinary page where they do not."""

import pytest

from mentoring.organisations import tenancy
from mentoring.organisations.models import Role
from programmes.models import Programme
from tests import cast
from tests.browsing import take_session


@pytest.fixture
def programme(web) -> Programme:
    """With one partnership, committed."""
    organisation = cast.make_organisation("exampleford")
    with tenancy.tenant(organisation):
        programme = cast.make_programme("next")
        cast.give_role(programme.created_by, Role.COORDINATOR, programme)
        cast.make_partnership(programme)
    return programme


def test_a_filter_changes_the_list_in_place_and_keeps_the_focus(page, client, sign_in, programme):
    page.goto("/")
    take_session(sign_in(client, programme.created_by), page)
    page.goto(f"/exampleford/{programme.slug}/support/")
    page.evaluate("window.stayed = true")

    page.get_by_role("link", name="All").first.click()
    page.wait_for_url("**show=all*")

    assert page.evaluate("window.stayed") is True, "the page was not loaded again"
    assert page.get_by_role("link", name="All").first.get_attribute("aria-current") == "true"
    assert page.evaluate("document.activeElement.innerText").endswith("All")
