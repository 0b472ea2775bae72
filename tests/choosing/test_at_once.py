"""Two who act at once take turns: a mentor's one place is asked for once, and never by the desk and a mentee both."""

import threading

from django.db import connection
from django.utils import timezone

from matching.choosing import actions
from matching.choosing.models import Request
from mentoring.organisations import tenancy
from mentoring.refusal import Refused
from programmes.models import Member, Partnership
from tests import cast


def at_once(*deeds):
    """Each deed in a thread of its own; what came of them, sorted."""
    came = []

    def run(deed):
        try:
            came.append(deed())
        except Refused:
            came.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came)


def open_directory(organisation, mentees):
    with tenancy.tenant(organisation):
        programme = cast.make_programme()
        actions.set_degree(programme, "directory", by=programme.created_by, now=timezone.now())
        people = [cast.make_participant(programme, "mentee") for _ in range(mentees)]
        mentor = cast.make_participant(programme, "mentor")
        actions.change_profile(mentor, by=mentor.person, now=timezone.now(), is_shown=True, about="Ask me.")
        choosing = actions.open_choosing(programme, by=programme.created_by, now=timezone.now())
    return choosing, people, mentor


def test_eight_mentees_ask_the_same_mentor_at_once(transactional_db):
    organisation = cast.make_organisation()
    choosing, mentees, mentor = open_directory(organisation, 8)

    def ask(mentee):
        with tenancy.tenant(organisation, mentee.person):
            actions.ask(choosing, mentee, mentor, "Please.", by=mentee.person, now=timezone.now())
            return "asked"

    came = at_once(*[lambda mentee=mentee: ask(mentee) for mentee in mentees])

    assert came == ["asked", *["refused"] * 7]
    with tenancy.tenant(organisation):
        assert Request.objects.filter(state="open").count() == 1


def test_mentor_says_yes_while_the_mentee_withdraws(transactional_db):
    organisation = cast.make_organisation()
    choosing, [mentee], mentor = open_directory(organisation, 1)
    with tenancy.tenant(organisation, mentee.person):
        request = actions.ask(choosing, mentee, mentor, "Please.", by=mentee.person, now=timezone.now())

    def accept():
        with tenancy.tenant(organisation, mentor.person):
            actions.accept(request, mentor, by=mentor.person, now=timezone.now())
            return "done"

    def withdraw():
        with tenancy.tenant(organisation, mentee.person):
            actions.withdraw(request, mentee, by=mentee.person, now=timezone.now())
            return "done"

    came = at_once(accept, withdraw, accept, withdraw)

    assert came == ["done", "refused", "refused", "refused"]
    with tenancy.tenant(organisation):
        state = Request.objects.get().state
        assert (Partnership.objects.count(), Member.objects.count()) == ((1, 2) if state == "accepted" else (0, 0))
