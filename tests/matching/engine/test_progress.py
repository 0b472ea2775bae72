"""Whoever waits is told how far it is, and may stop it."""

import pytest

from bench.matching_people import make_document
from matching.engine import pricing, read_instance, solve, suggest

WORK = [
    lambda instance, watch: solve(instance, objective="total", watch=watch),
    lambda instance, watch: solve(instance, objective="fair", watch=watch),
    lambda instance, watch: solve(instance, objective="stable", watch=watch),
    lambda instance, watch: suggest(instance, 3, watch=watch),
]


class Cancelled(Exception):
    pass


@pytest.fixture(params=[0, 10**9], ids=["few pairs", "every pair"])
def instance(monkeypatch, request):
    monkeypatch.setattr(pricing, "EVERY_PAIR", request.param)
    return read_instance(make_document("T", 60))


@pytest.mark.parametrize("work", WORK)
def test_share_grows_to_the_whole_and_changes_nothing(instance, work):
    told = []

    found = work(instance, lambda words, share: told.append((words, share)))

    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert all(words for words, _ in told)
    assert found == work(instance, None)


@pytest.mark.parametrize("work", WORK)
def test_raising_stops_it_wherever_it_is(instance, work):
    told = []
    work(instance, lambda words, share: told.append(share))

    for moment in range(len(told)):
        calls = iter(range(len(told)))

        def stop(words, share, moment=moment, calls=calls):
            if next(calls) == moment:
                raise Cancelled

        with pytest.raises(Cancelled):
            work(instance, stop)
