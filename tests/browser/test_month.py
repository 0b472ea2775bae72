"""A co-ordinator's month with thirty pairs, of whom four need something: what she presses and types, and how many pages.

She signs in, sees what changed, writes to the two silent pairs at once, answers a question, notes a call, finds a new
match for whoever wants one, and says that she is done. Each press and each box filled in is one interaction (O21: one
day a month is allowed for thirty pairs).
"""

import datetime
from dataclasses import dataclass, field

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from mentoring.organisations import tenancy
from mentoring.organisations.models import Role
from mentoring.outbox.models import Message
from programmes.blueprints import load_blueprint
from programmes.help import actions as help_actions
from programmes.models import ProgrammeState
from programmes.support.day import actions as days
from programmes.support.endings import actions as endings
from programmes.support.models import DatedNote, Look, Meeting
from tests import cast
from tests.browsing import accessibility_faults

PAIRS, FEWER_THAN = 30, 60


@dataclass
class Hand:
    """One interaction for each press and each box filled in; one page for each that was opened."""

    page: Page
    interactions: int = 0
    pages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("load", lambda page: self.pages.append(page.url))

    def press(self, word: str, role: str = "button") -> None:
        self.interactions += 1
        self.page.get_by_role("main").get_by_role(role, name=word).first.click()  # type: ignore[arg-type]
        self.settle()

    def settle(self) -> None:
        """Lists narrow in place and forms lead on: either way nothing more is asked of the server."""
        self.page.wait_for_timeout(200)
        self.page.wait_for_load_state("networkidle")

    def open_first(self, place: str) -> None:
        """Follow the first link there."""
        self.interactions += 1
        self.page.locator(place).first.click()
        self.settle()

    def follow(self, word: str) -> None:
        self.press(word, "link")

    def choose(self, label: str) -> None:
        self.interactions += 1
        self.page.get_by_label(label, exact=True).first.check(force=True)

    def type(self, label: str, words: str) -> None:
        self.interactions += 1
        self.page.get_by_label(label).first.fill(words)


@pytest.fixture
def programme(web):
    """Thirty pairs; when she last looked all was well. Since then two fell silent, one has a question, one asked to end."""
    today, now = timezone.localdate(), timezone.now()
    organisation = cast.make_organisation("university", name="University of Exampleford")
    with tenancy.tenant(organisation):
        priya = cast.make_person("Priya Coordley", "priya@example.org")
        programme = cast.make_programme("health-futures", by=priya, name="Health Futures", state=ProgrammeState.LIVE)
        programme.blueprint = load_blueprint("ukrc")
        programme.save()
        cast.give_role(priya, Role.COORDINATOR, programme)
        pairs = [cast.make_partnership(programme) for _ in range(PAIRS)]
        for number, pair in enumerate(pairs):
            Meeting.objects.create(
                partnership=pair, met_on=today - datetime.timedelta(days=40 if number < 2 else 5), minutes=60, medium="video",
                logged_by=pair.mentees[0].person,
            )  # fmt: skip
        asks, leaves = pairs[2].mentees[0].person, pairs[3].mentees[0].person
    with tenancy.tenant(organisation, priya):
        days.finish_looking(programme, by=priya, now=now - datetime.timedelta(days=30))
        Look.objects.update(states={str(pair.pk): ["on_track", 1] for pair in pairs})
    with tenancy.tenant(organisation, asks):
        help_actions.ask(programme, kind="question", words="May we meet at the museum?", by=asks, now=now)
    with tenancy.tenant(organisation, leaves):
        endings.end(pairs[3], endings.Parting(wish="yes"), by=leaves, now=now)
    return programme


def test_a_month_with_four_pairs_in_need_takes_fewer_than_sixty_interactions(page, programme, capsys):
    hand = Hand(page)
    page.goto("/accounts/login/")
    hand.type("E-mail address", "priya@example.org")
    hand.type("Password", cast.PASSWORD)
    hand.press("Sign in")
    page.goto(programme.url("support:home"))
    assert accessibility_faults(page) == []

    hand.press("Start")
    write_to_the_silent(hand)
    answer(hand, programme)
    note_a_call(hand, programme)
    find_a_match(hand, programme)
    page.goto(programme.url("support:home"))
    hand.press("Stop")
    hand.press("Done looking for today")

    with capsys.disabled():
        print(f"\na month with {PAIRS} pairs: {hand.interactions} interactions, {len(hand.pages)} pages")
    with tenancy.tenant(programme.organisation):
        assert Message.objects.filter(kind="check_in", state__in=("queued", "leased", "sent")).count() == 4
        assert Message.objects.filter(kind="help_answered").count() == 1
    assert hand.interactions < FEWER_THAN


def write_to_the_silent(hand: Hand) -> None:
    """Read what changed, have letters drafted to both silent pairs, change one, send all."""
    hand.follow("Changed since you looked")
    hand.press("Write to all 2 who are silent")
    assert accessibility_faults(hand.page) == []
    hand.follow("How are you and")
    hand.type("Message", "Dear both,\n\nI wonder how it goes.\n")
    hand.press("Save")
    hand.press("Send all 4")


def answer(hand: Hand, programme) -> None:
    """A question, from the list of those who need her."""
    hand.page.goto(programme.url("support:home"))
    hand.follow("What people ask")
    hand.open_first("main tbody a")
    assert accessibility_faults(hand.page) == []
    hand.type("Your answer", "Yes, with pleasure.")
    hand.press("Send the answer")


def note_a_call(hand: Hand, programme) -> None:
    """She rings one of the silent pairs, and notes it for the evaluation."""
    hand.page.goto(f"{programme.url('support:home')}?show=silent")
    hand.open_first("main tbody th a")
    assert accessibility_faults(hand.page) == []
    hand.follow("Log a call")
    assert accessibility_faults(hand.page) == []
    hand.type("What was it about?", "Both are well; exams came in between.")
    hand.choose("Of use for the evaluation")
    hand.press("Keep the note")
    with tenancy.tenant(programme.organisation, programme.created_by_id):
        assert DatedNote.objects.filter(for_evaluation=True).count() == 1


def find_a_match(hand: Hand, programme) -> None:
    """The one who ended wishes a new match: her page leads to matching."""
    hand.page.goto(f"{programme.url('support:home')}?show=ended")
    hand.open_first("main tbody th a")
    assert "Yes" in hand.page.get_by_role("main").inner_text()
    hand.press("Find new matches")
    assert "matching" in hand.page.url
    assert accessibility_faults(hand.page) == []
