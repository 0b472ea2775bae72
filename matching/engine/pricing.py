"""Large instances: solve on a few pairs for each mentee, let the prices find the pairs that were missing, and go on.

When no pair anywhere is worth more than its prices, the best assignment on the chosen pairs is the best of all.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .objectives import Hints, Search, Stage, find_step
from .progress import Progress
from .scoring import Block, Edges, Field, Flags, Integers

# Up to so many pairs, all are looked at from the beginning.
EVERY_PAIR = 1 << 15
FIRST, MORE = 10, 12

Plan = Callable[[Search], list[Stage]]


@dataclass(frozen=True)
class Found:
    """The assignments in the running and their proof, which is for all pairs when it is `complete`."""

    search: Search
    stages: list[Stage]
    edges: Edges
    complete: bool = True


def search_field(field: Field, *plans: Plan, deadline: float = math.inf, progress: Progress | None = None) -> Found:
    """Search by the last plan; earlier plans only find good pairs to look at. Stops soon after the deadline."""
    progress = progress or Progress()
    if field.size <= EVERY_PAIR:
        edges = field.list_edges()
        search = Search.over(edges, len(field.mentees), field.capacity)
        progress.begin_round()
        return Found(search, plans[-1](search), edges)
    edges, hints = list_candidates(field, progress), Hints()
    for plan in plans:
        found = search_rounds(field, plan, edges, hints, deadline, progress)
        edges = found.edges
    return found


def search_rounds(field: Field, plan: Plan, edges: Edges, hints: Hints, deadline: float, progress: Progress) -> Found:
    """Solve, look for missing pairs, and solve again, until none is missing or the time is up."""
    while True:
        progress.begin_round()
        search = Search.over(edges, len(field.mentees), field.capacity, hints)
        stages = plan(search)
        more = find_missing(field, stages, progress)
        if not len(more) or time.monotonic() > deadline:
            return Found(search, stages, edges, complete=not len(more))
        edges = Edges.join([edges, more])


def find_bounds(field: Field, stages: list[Stage]) -> list[Stage]:
    """Prices that no pair anywhere is worth more than: not the best proof, but how far off the best can be."""
    first, last = stages[0], stages[-1]
    free = np.maximum(last.mentor_prices, 0)
    reach, left = np.zeros_like(first.mentee_prices), np.zeros_like(last.mentee_prices)
    for part in field.list_blocks():
        block = field.score(part)
        allowed = block > field.lowest
        reach[part] = (allowed & (first.mentor_prices == 0)).any(axis=1)
        left[part] = np.where(allowed, block.astype(np.int64) - free, 0).max(axis=1, initial=0)
    return [Stage("matched", False, reach, first.mentor_prices), Stage("total", False, left, free)]


def list_candidates(field: Field, progress: Progress) -> Edges:
    """The best pairs of every mentee. Equal scores are picked at random, a different way round for each mentee."""
    width = len(field.mentors)
    noise = np.random.default_rng(0).random(2 * width + 1, dtype=np.float32) / 2
    found = []
    for part in field.list_blocks():
        progress.compare(part.start / len(field.mentees))
        block = field.score(part)
        shifts = (np.arange(len(block)) + part.start) % width
        if len(block) and (np.diff(shifts) == 1).all():
            luck = np.lib.stride_tricks.sliding_window_view(noise, width)[shifts[0] : shifts[0] + len(block)]
        else:
            luck = noise[shifts[:, None] + np.arange(width)]
        found.append(Edges.of(block, pick_top(block + luck, FIRST) & (block > field.lowest), part.start))
    return Edges.join(found)


def pick_top(block: Block, count: int) -> Flags:
    """At least `count` of the highest in each row; a few more where it is quicker."""
    groups = block.shape[1] // 16
    if groups < 2 * count:
        place = max(0, block.shape[1] - count)
        return block >= np.partition(block, place, axis=1)[:, place, None]
    best = block[:, :groups].copy()
    for group in range(1, 16):
        np.maximum(best, block[:, group * groups : (group + 1) * groups], out=best)
    return block >= np.partition(best, groups - count, axis=1)[:, groups - count, None]


def find_missing(field: Field, stages: list[Stage], progress: Progress) -> Edges:
    """Pairs that are worth more than their prices at some stage, for each mentee the most promising."""
    if [stage.aim for stage in stages] == ["matched", "total"]:
        charged = charge(field, *stages)
        if charged:
            return find_missing_at_once(field, *charged, progress)
    found = []
    for part in field.list_blocks():
        progress.look_again(part.start / len(field.mentees))
        block = field.score(part)
        over = find_over(block, block > field.lowest, stages, part)
        found.append(Edges.of(block, keep_top(block, over), part.start))
    return Edges.join(found)


def charge(field: Field, matched: Stage, total: Stage) -> tuple[Integers, Integers] | None:
    """Mentors' prices and mentees' limits that judge both stages at once; None where they would not stay exact.

    The price of being matched at all counts so much more than any score that a pair is worth more than its prices at
    either stage exactly when its score, less the mentor's price, is above the mentee's limit.
    """
    largest = field.factors.largest
    for prices in (total.mentee_prices, total.mentor_prices):
        largest = max(largest, int(np.abs(prices).max(initial=0)))
    bonus = 4 * (largest + 1)
    if 2 * bonus > min(field.factors.headroom, field.factors.refusal // 8):
        return None
    return (
        total.mentor_prices + bonus * matched.mentor_prices,
        total.mentee_prices + bonus * (matched.mentee_prices - 1),
    )


def find_missing_at_once(field: Field, prices: Integers, limits: Integers, progress: Progress) -> Edges:
    factors = field.factors.charge(prices)
    found = []
    for part in field.list_blocks():
        progress.look_again(part.start / len(field.mentees))
        block = factors.compute(part)
        over = block > limits[part, None].astype(block.dtype)
        edges = Edges.of(block, keep_top(block, over), part.start)
        found.append(Edges(edges.mentee, edges.mentor, edges.score + prices[edges.mentor]))
    return Edges.join(found)


def keep_top(block: Block, wanted: Flags) -> Flags:
    """Of the wanted pairs of each mentee, some of the highest where they are many."""
    many = np.flatnonzero(np.count_nonzero(wanted, axis=1) > MORE)
    if len(many):
        wanted[many] &= pick_top(np.where(wanted[many], block[many], -np.inf), MORE)
    return wanted


def find_over(block: Block, still_open: Flags, stages: list[Stage], part: slice) -> Flags:
    """Whether a pair of the block that is in the running at a stage counts more there than its two prices."""
    over = np.zeros(block.shape, dtype=bool)
    step: int | None = None
    for stage in stages:
        if stage.aim == "floor":
            reached = block >= stage.level
            still_open = still_open & (reached if step is None else reached | (block < step))
            step = find_step(stage.level)
        slack = stage.mentee_prices[part, None] + stage.mentor_prices - count(block, stage)
        over |= still_open & (slack < 0)
        if stage.keep:
            still_open = still_open & (slack == 0)
    return over


def count(block: Block, stage: Stage) -> Block | NDArray[np.int64]:
    """What a stage counts for each pair of a block."""
    if stage.aim == "total":
        return block
    if stage.aim == "matched":
        return np.ones(block.shape, dtype=np.int64)
    return (block > stage.level if stage.aim == "floor" else block >= stage.level).astype(np.int64)
