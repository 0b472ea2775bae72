"""Running a round: it is begun, worked out here or by a worker, and may be stopped meanwhile."""

import datetime
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Max

from matching.asking import progress
from matching.asking.gathering import Gathered, gather
from matching.models import Round, RoundState
from matching.presenting.advising import advise
from matching.queries import demand_of, proposed_round, running_round
from matching.together import is_pool, matches_pairs
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Participant, Programme

from .proposing import propose

log = logging.getLogger(__name__)

HERE_IN_GROUPS = 2_500  # for models in which more than two come together: 50 people, who are worked out in seconds
HERE = 250_000  # pairs that are compared in about a second: 500 mentees with 500 mentors
OUR_FAULT = (
    "Something went wrong on our side. Run matching again; if it happens twice, tell whoever looks after this site."
)


Pairs = Sequence[tuple[Participant, Participant]]


class Stopped(Exception):
    """The co-ordinator stopped the round while it was being worked out."""


@transaction.atomic
def run_round(programme: Programme, *, by: Person, now: datetime.datetime, wanted: Pairs = ()) -> Round:
    """Ask the engine for the best round: most people matched, then the best for the worst off, then the highest total.

    Keeps locked pairs of the round before and those that are `wanted` besides, and replaces it. A programme of ordinary size is answered at once; the round
    of a very large one is left running, for a worker. Refused when nobody can be matched, or a round is running already.
    """
    round = begin_round(programme, by=by, now=now, wanted=wanted)
    demand = demand_of(programme)
    if demand.waiting * demand.places <= (HERE if matches_pairs(programme) else HERE_IN_GROUPS):
        return work_out_here(round, now=now)
    transaction.on_commit(lambda: ring(round), robust=True)
    return round


@transaction.atomic
def begin_round(programme: Programme, *, by: Person, now: datetime.datetime, wanted: Pairs = ()) -> Round:
    """A round that is about to be worked out. One at a time in a programme."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if running_round(programme):
        raise Refused("Matching is running already. Wait until it is done, or stop it.")
    demand = demand_of(programme)
    if not demand.waiting:
        raise Refused("Every mentee has a partner. There is nobody to match.")
    if not demand.places and is_pool(programme):
        raise Refused("There is one person to match, and nobody to match them with.")
    if not demand.places:
        raise Refused("No mentor has a free place. Recruit another mentor, or ask one to take one more mentee.")
    last = programme.rounds.aggregate(Max("number"))["number__max"] or 0
    round = Round.objects.create(programme=programme, number=last + 1, run_by=by, run_at=now, wanted=keys_of(wanted))
    audit.record("matching begun", on=round, by=by, at=now, mentees=demand.waiting)
    return round


def keys_of(pairs: Pairs) -> list[list[str]]:
    return [[str(one.pk) for one in pair] for pair in pairs]


def ring(round: Round) -> None:
    """Ask a worker to work the round out. Nothing is lost if nobody hears: the page offers to do it at once."""
    from matching.tasks import work_out_round

    try:
        work_out_round.delay(round_id=str(round.pk))
    except Exception as error:  # any broker's trouble
        log.warning("no worker was told of a round: %s", type(error).__name__)


def work_out_here(round: Round, *, now: datetime.datetime) -> Round:
    """Solve a running round while somebody waits for the page: with the best that is found in a few seconds."""
    from matching.asking.solving import PATIENCE  # loads SciPy

    return work_out(round, now=now, seconds=PATIENCE)


@transaction.atomic
def work_out(round: Round, *, now: datetime.datetime, seconds: float | None = None) -> Round:
    """Solve a running round and write down what it proposes. When something goes wrong, the round says so and what to do.

    With `seconds` the best found in that time is taken. Does nothing to a round that was stopped, or that somebody else
    has worked out meanwhile.
    """
    from matching.asking.solving import ask_engine  # loads SciPy, which only a run needs
    from matching.presenting.mending import mend

    try:
        with transaction.atomic():
            gathered = gather(round.programme, round.wanted)
            answer = ask_engine(gathered.instance, call=gathered.call, seconds=seconds, watch=Watcher(round))
            if not matches_pairs(round.programme):
                answer = replace(answer, repairs=mend(gathered, answer))
            finish(round, gathered, answer, now=now)
    except Stopped:
        pass
    except Refused as refusal:
        fail(round, str(refusal), now=now)
    except Exception:
        log.exception("a round could not be worked out")
        fail(round, OUR_FAULT, now=now)
    progress.forget(round)
    round.refresh_from_db()
    return round


class Watcher:
    """Tells the page how far the engine is, and the engine when to stop."""

    def __init__(self, round: Round) -> None:
        self.round = round

    def __call__(self, words: str, share: float) -> None:
        progress.tell(self.round, words, share)
        if not Round.objects.filter(pk=self.round.pk, state=RoundState.RUNNING).exists():
            raise Stopped


def finish(round: Round, gathered: Gathered, answer: Any, *, now: datetime.datetime) -> None:
    """Keep what was found, and let it take the place of the round that was proposed before."""
    held = take_running(round)
    before = proposed_round(held.programme)
    if before:
        before.state = RoundState.REPLACED
        before.save(update_fields=["state"])
    held.state, held.instance, held.outcome, held.is_proved = (
        RoundState.PROPOSED, answer.instance, answer.outcome, answer.is_proved,
    )  # fmt: skip
    held.advice = advise(gathered, answer)
    held.save(update_fields=["state", "instance", "outcome", "is_proved", "advice"])
    propose(held, answer, gathered)
    matched, mentees = answer.outcome["matched"] + len(answer.apart), len(gathered.mentees)
    audit.record("matching run", on=held, by=round.run_by, at=now, matched=matched, mentees=mentees)


def take_running(round: Round) -> Round:
    """The round as it is now, held until the transaction ends. Stopped unless it is still running."""
    Programme.objects.select_for_update(no_key=True).get(pk=round.programme_id)
    held = Round.objects.select_related("programme__organisation").get(pk=round.pk)
    if not held.is_running:
        raise Stopped
    return held


@transaction.atomic
def fail(round: Round, why: str, *, now: datetime.datetime) -> None:
    """Say that a round has no answer, and why."""
    changed = Round.objects.filter(pk=round.pk, state=RoundState.RUNNING).update(state=RoundState.FAILED, failure=why)
    if changed:
        audit.record("matching failed", on=round, by=round.run_by, at=now)


@transaction.atomic
def stop_round(round: Round, *, by: Person, now: datetime.datetime) -> None:
    """Stop a round that is being worked out; what was proposed before stays. Refused once it is done."""
    try:
        held = take_running(round)
    except Stopped:
        raise Refused("Matching was done before you stopped it.") from None
    held.state = RoundState.CANCELLED
    held.save(update_fields=["state"])
    audit.record("matching stopped", on=held, by=by, at=now)
