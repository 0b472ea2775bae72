"""Several people give the same places away at once: none is given twice, whoever loses is told so, and nothing breaks."""

import threading
from collections import Counter

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F, Q
from django.test import Client
from django.utils import timezone

from matching import actions
from matching.actions.proposing import write_proposals
from matching.models import Proposal, Round, RoundState
from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from mentoring.organisations.models import Membership, Role
from programmes.models import Participant, Partnership
from tests import cast

MENTORS, THREADS = 500, 8
TAKEN = "Somebody’s place has been taken since this round was run"


def make_crowd(programme, role, count):
    """So many participants, with one place each."""
    with tenancy.directory():
        hashed = make_password("-")
        people = Person.objects.bulk_create(
            Person(email=f"{role}.{number}@example.org", name=f"{role.title()} {number}", password=hashed)
            for number in range(count)
        )
    Membership.objects.bulk_create(Membership(person=person, role=Role.MEMBER) for person in people)
    return Participant.objects.bulk_create(
        Participant(programme=programme, person=person, role=role) for person in people
    )


def all_at_once(*jobs):
    """Every job in a thread of its own; what each gave back, or the error it ended with."""
    ready, found = threading.Barrier(len(jobs)), []

    def work(job):
        ready.wait()
        try:
            found.append(job())
        except Exception as error:
            found.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_no_place_is_given_twice_by_eight_at_once_over_500_mentors(transactional_db, sign_in):
    """Half of them confirm a round of 500 pairs on its page; half give the same mentors to mentees of their own."""
    organisation = cast.make_organisation("university")
    with tenancy.tenant(organisation):
        programme = cast.make_programme("health")
        programme.organisation = organisation
        by = programme.created_by
        cast.give_role(by, Role.COORDINATOR, programme)
        mentors = make_crowd(programme, "mentor", MENTORS)
        mentees = make_crowd(programme, "mentee", MENTORS + 2 * THREADS * 10)
        round = Round.objects.create(programme=programme, number=1, state=RoundState.PROPOSED, run_by=by)
        pairs = zip(mentees, mentors, strict=False)
        write_proposals((Proposal(round=round), list(pair)) for pair in pairs)
    others = iter(mentees[MENTORS:])
    clients = [sign_in(Client(), by) for _ in range(THREADS // 2)]

    def confirm(client):
        answer = client.post(programme.url("matching:confirm"), follow=True)
        return answer.status_code, "begun" if "have begun" in answer.content.decode() else told(answer.content.decode())

    def give_away(mine):
        outcomes = Counter()
        for mentee, mentor in mine:
            try:
                with tenancy.tenant(organisation, by), transaction.atomic():
                    actions.begin_partnership(programme, [mentee, mentor], by=by, now=timezone.now(), signed_by=by)
                outcomes["begun"] += 1
            except IntegrityError:
                outcomes["lost"] += 1
        return outcomes

    jobs = [lambda client=client: confirm(client) for client in clients]
    for number in range(THREADS // 2):
        mine = [(next(others), mentor) for mentor in mentors[number * 3 :: 31][:10]]
        jobs.append(lambda mine=mine: give_away(mine))
    found = all_at_once(*jobs)

    pages, given = [one for one in found if isinstance(one, tuple)], [one for one in found if isinstance(one, Counter)]
    assert (len(pages), len(given)) == (THREADS // 2, THREADS // 2), found
    assert {status for status, _ in pages} == {200}
    assert {words for _, words in pages} <= {"begun", "taken", "confirmed already", "nothing to confirm"}, pages
    with tenancy.tenant(organisation):
        live = Count("memberships", filter=Q(memberships__live=True))
        crowd = Participant.objects.annotate(live=live)
        assert crowd.filter(live__gt=F("capacity")).count() == 0
        begun = sum(one["begun"] for one in given) + MENTORS * [words for _, words in pages].count("begun")
        assert Partnership.objects.count() == begun > 0


def told(page):
    """What a co-ordinator whose press came too late reads."""
    if TAKEN in page:
        return "taken"
    if "is confirmed and cannot be changed" in page:
        return "confirmed already"
    return "nothing to confirm" if "There is no proposed round to confirm." in page else page
