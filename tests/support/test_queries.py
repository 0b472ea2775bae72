"""A partner's pages ask the database little, and the same however long the partners have known each other."""

import datetime

import pytest
from django.utils import timezone

from mentoring.organisations import tenancy
from programmes.support import promises
from programmes.support.planning.actions import Plan as Meant
from programmes.support.planning.actions import plan_meeting
from programmes.support.plans.actions import Plan, set_goal

MOST = 12  # beside opening the transaction, the session and the savepoints


def asked(client, path, counter):
    with counter(60) as seen:
        assert client.get(path).status_code == 200
    quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "select set_config")
    return [query["sql"] for query in seen.captured_queries if not query["sql"].startswith(quiet)]


OF_TWO, OF_SEVERAL = ("partnership", "log", "plan", "goals", "actions"), ("partnership", "circle", "leave")
PAGES = [*((name, "one_to_one") for name in OF_TWO), *((name, "circle") for name in OF_SEVERAL)]


@pytest.mark.parametrize(("name", "model"), PAGES)
def test_a_page_costs_the_same_for_few_and_for_many(
    client,
    sign_in,
    partnership,
    mentee,
    log_meeting,
    days_ago,
    organisation,
    name,
    model,
    django_assert_max_num_queries,
):
    def live(months):
        for number in range(months):
            log_meeting(partnership, days_ago(150 - number - months), by=mentee.person)
            with tenancy.tenant(organisation, mentee.person):
                promises.note(partnership, f"Thing {number}", by=mentee.person, now=timezone.now())
                set_goal(partnership, Plan({"goal": f"Goal {number}"}), by=mentee.person, now=timezone.now())
                start = timezone.now() + datetime.timedelta(days=months * 20 + number)
                plan_meeting(partnership, Meant(start, 60, "video"), "", by=mentee.person, now=timezone.now())

    partnership.model = model
    partnership.save(update_fields=["model"])
    sign_in(client, mentee.person)
    live(1)
    few = asked(client, partnership.url(f"support:{name}"), django_assert_max_num_queries)
    live(8)
    many = asked(client, partnership.url(f"support:{name}"), django_assert_max_num_queries)

    assert len(many) == len(few), "\n".join(many)
    assert len(few) <= MOST, "\n".join(few)
