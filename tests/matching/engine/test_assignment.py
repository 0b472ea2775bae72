"""Assignments on a list of pairs: from nothing, and from prices that are more or less right, by either solver."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import assignment, cheapest_flow
from matching.engine.assignment import Duties, Hint, assign
from matching.engine.peaks import GROUPS, SIZE, Lots, Peaks
from matching.engine.scoring import Edges

FLOW, SCIPY = "OR-Tools", "SciPy"


@pytest.mark.parametrize("solver", [FLOW, SCIPY])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), reach=st.sampled_from([0, 3, 400, 10**9]), noise=st.sampled_from([0, 5, 10**6]))
def test_prices_to_begin_with_change_nothing_but_the_time(solver, seed, reach, noise):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "MANY", -1 if solver == FLOW else 10**9)
        rng = np.random.default_rng(seed)
        edges, capacity = draw_edges(rng, 30, 20)
        value, duties = edges.score + 10**6, Duties.none(30, 20)
        cold = assign(edges, value, capacity, duties)

        guess = np.maximum(cold.mentor_prices + rng.integers(-noise, noise + 1, 20), 0)
        warm = assign(edges, value, capacity, duties, Hint(guess, reach))

        assert np.array_equal(warm.mentor_prices, cold.mentor_prices)
        assert np.array_equal(warm.mentee_prices, cold.mentee_prices)
        assert value[edges.are_in(warm.match)].sum() == value[edges.are_in(cold.match)].sum()


def draw_edges(rng, mentees, mentors):
    mentee, mentor = np.nonzero(rng.random((mentees, mentors)) < rng.uniform(0.1, 0.9))
    return Edges(mentee, mentor, rng.integers(0, 400, len(mentee))), rng.integers(0, 4, mentors)


def test_a_cost_that_was_cut_and_yet_paid_is_not_believed():
    """One place for two mentees: the one who stays without pays more than what was cut, so the flow has to be asked anew."""
    edges = Edges(np.array([0, 1]), np.array([0, 0]), np.array([5, 9]))
    left, slack = np.array([10**6, 10**6 + 4]), np.zeros(2, dtype=np.int64)

    assert cheapest_flow.find_match_near(edges, slack, left, np.zeros(1, dtype=np.int64), np.array([1])) is None


@settings(max_examples=50, deadline=None)
@given(
    rows=st.integers(1, 6), width=st.integers(1, 3 * SIZE * GROUPS), most=st.integers(1, 4), spread=st.integers(1, 50)
)
def test_the_best_of_each_row_leave_the_block_and_what_is_left_is_known(rows, width, most, spread):
    block = np.random.default_rng(width).integers(0, spread, (rows, width)).astype(np.float32)
    before = block.copy()
    peaks = Peaks(block, np.arange(rows), Lots(width))

    mentee, mentor, worth = peaks.take(np.arange(rows), np.full(rows, spread // 2), most)

    assert np.array_equal(worth, before[mentee, mentor])
    assert (worth > spread // 2).all()
    assert np.isneginf(block[mentee, mentor]).all()
    assert np.array_equal(peaks.best, block.max(axis=1))
    best = before.max(axis=1)
    assert set(mentee[worth == best[mentee]]) == set(np.flatnonzero(best > spread // 2))
