"""The timetable of an event: nobody in two places, nobody twice with the same person, as many meetings as there can be."""

from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.choosing.timetable import Plan, make_plan


def everybody(mentees, mentors):
    return {(f"mentee {one}", f"mentor {other}"): 1 for one, other in product(range(mentees), range(mentors))}


def test_four_meet_four_in_four_rounds_at_four_tables():
    found = make_plan(everybody(4, 4), Plan(rounds=4, tables=4))

    assert len(found) == len({(one.mentee, one.mentor) for one in found}) == 16
    assert Counter(one.round for one in found) == {1: 4, 2: 4, 3: 4, 4: 4}


def test_meetings_are_spread_evenly_where_there_are_more_mentees_than_mentors():
    found = make_plan(everybody(10, 5), Plan(rounds=4, tables=5))

    assert set(Counter(one.mentee for one in found).values()) == {2}
    assert set(Counter(one.mentor for one in found).values()) == {4}


def test_too_few_tables_are_all_used_in_every_round():
    found = make_plan(everybody(6, 6), Plan(rounds=3, tables=2))

    assert Counter(one.round for one in found) == {1: 2, 2: 2, 3: 2}
    assert {one.table for one in found} == {1, 2}


def test_mentors_stay_at_their_table():
    found = make_plan(everybody(5, 3), Plan(rounds=5, tables=3))

    assert all(
        len({one.table for one in found if one.mentor == mentor}) == 1 for mentor in {one.mentor for one in found}
    )


def test_the_better_pairs_meet_where_not_all_can():
    worth = everybody(4, 4) | {(f"mentee {one}", f"mentor {one}"): 1000 for one in range(4)}

    found = make_plan(worth, Plan(rounds=1, tables=4))

    assert {(one.mentee, one.mentor) for one in found} == {(f"mentee {one}", f"mentor {one}") for one in range(4)}


def test_nobody_to_seat_is_an_empty_timetable():
    assert make_plan({}, Plan(rounds=3, tables=3)) == []


pairs = st.sets(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("uvwxyz")), max_size=42)


@settings(max_examples=150, deadline=None)
@given(pairs, st.integers(1, 5), st.integers(1, 6))
def test_every_timetable_can_be_kept(allowed, rounds, tables):
    found = make_plan(dict.fromkeys(allowed, 1), Plan(rounds=rounds, tables=tables))

    met = [(one.mentee, one.mentor) for one in found]
    assert len(set(met)) == len(met)
    assert set(met) <= allowed
    for place in ("mentee", "mentor", "table"):
        busy = [(one.round, getattr(one, place)) for one in found]
        assert len(set(busy)) == len(busy), place
    assert all(1 <= one.round <= rounds and 1 <= one.table <= tables for one in found)
    assert len(found) == most_meetings(allowed, rounds, tables)


def most_meetings(allowed, rounds, tables):
    """How many meetings there can be: the most pairs of which nobody is in more than there are rounds, by augmenting paths."""
    chosen: set[tuple[str, str]] = set()
    load: Counter[tuple[int, str]] = Counter()

    def extend(mentee, seen):
        for pair in sorted(pair for pair in allowed if pair[0] == mentee and pair not in chosen):
            if pair[1] in seen:
                continue
            seen.add(pair[1])
            if load[1, pair[1]] < rounds:
                chosen.add(pair)
                load[1, pair[1]] += 1
                return True
            for other in sorted(one for one in chosen if one[1] == pair[1]):
                chosen.discard(other)
                if extend(other[0], seen):
                    chosen.add(pair)
                    return True
                chosen.add(other)
        return False

    for mentee in sorted({pair[0] for pair in allowed}):
        while load[0, mentee] < rounds and extend(mentee, set()):
            load[0, mentee] += 1
    return min(len(chosen), rounds * tables)
