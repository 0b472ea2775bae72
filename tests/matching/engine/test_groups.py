"""Groups, circles, teams, two by two and peer pairs: the best of all choices, with bounds that hold."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.matching_people import make_document
from matching.engine import Fault, check, find_companies, read_instance, say_proof, solve
from matching.engine.__main__ import main

from . import gatherings
from .test_check import plain
from .test_reading import list_spots

KINDS = list(gatherings.MODELS)
OBJECTIVES = ["fair", "total"]
CALM = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("kind", KINDS)
def test_groups_are_the_best_of_all(kind, objective):
    @settings(CALM, max_examples=25)
    @given(document=gatherings.documents(kind, objective, mentees=5, mentors=4))
    def run(document):
        instance = read_instance(document)
        best = gatherings.find_best(document)

        outcome = solve(instance)

        assert gatherings.figures(instance, outcome) == best
        assert check(instance, outcome) == []
        if not outcome.proved:
            assert outcome.bound["matched"] >= best[0]
            assert outcome.bound["matched"] > best[0] or outcome.bound["total"] >= best[2]
            assert best[1] is None or outcome.bound.get("worst", best[1]) >= best[1]

    run()


@pytest.mark.parametrize("kind", KINDS)
def test_a_lock_is_kept_and_the_rest_is_the_best_around_it(kind):
    @CALM
    @given(document=gatherings.documents_with_a_group(kind, "fair"), data=st.data())
    def run(document, data):
        choices = [groups for groups in gatherings.list_choices(read_instance(document)) if groups]
        pairs = gatherings.list_pairs(data.draw(st.sampled_from(choices)))
        document |= {"locked": [list(data.draw(st.sampled_from(pairs)))]}
        instance = read_instance(document)

        outcome = solve(instance)

        assert instance.locked[0] in outcome.pairs or instance.locked[0][::-1] in outcome.pairs
        assert gatherings.figures(instance, outcome) == gatherings.find_best(document)
        assert check(instance, outcome) == []

    run()


@pytest.mark.parametrize("kind", KINDS)
def test_neither_names_nor_the_order_of_people_has_a_say(kind):
    @settings(max_examples=20, deadline=None)
    @given(document=gatherings.documents(kind, "fair"), data=st.data())
    def run(document, data):
        shuffled = dict(document)
        for side in {"mentees", "mentors", "people"} & set(document):
            shuffled[side] = data.draw(st.permutations(document[side]))

        outcomes = [solve(read_instance(each)) for each in (document, shuffled, document)]

        assert len({json.dumps(outcome.as_document()) for outcome in outcomes}) == 1

    run()


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_groups_never_check(kind):
    @settings(max_examples=40, deadline=None)
    @given(document=gatherings.documents(kind, "fair"), data=st.data())
    def run(document, data):
        instance = read_instance(document)
        outcome = solve(instance)
        assert check(instance, outcome) == []
        told = plain(outcome.as_document())
        damaged = copy.deepcopy(told)
        *way, last = data.draw(st.sampled_from(list(list_spots(damaged))))
        inner = damaged
        for key in way:
            inner = inner[key]
        inner[last] = data.draw(gatherings.instances.damages(inner[last]))

        assert check(instance, damaged) != [] or proves_the_same(damaged, told)

    run()


def proves_the_same(damaged, told):
    """Other prices with the same bound are no damage."""
    return all(repr(damaged[name]) == repr(told[name]) for name in told if name != "certificate")


@pytest.mark.parametrize("kind", ["group", "circle"])
def test_one_more_place_never_means_fewer(kind):
    @settings(max_examples=40, deadline=None)
    @given(document=gatherings.documents_with_a_group(kind, "total"), data=st.data())
    def run(document, data):
        mentor = data.draw(st.sampled_from(document["mentors"]))
        more = [each | {"capacity": each["capacity"] + (each is mentor)} for each in document["mentors"]]

        before, after = (solve(read_instance(each)) for each in (document, document | {"mentors": more}))

        assert after.matched >= before.matched

    run()


@pytest.mark.parametrize("kind", KINDS)
def test_no_other_choice_borrows_the_proof(kind):
    """Another choice of groups with its own figures does not pass as proved by the certificate of the best."""

    @settings(max_examples=40, deadline=None)
    @given(document=gatherings.documents(kind, "total"), data=st.data())
    def run(document, data):
        instance = read_instance(document)
        best = solve(instance)
        chosen = data.draw(st.sampled_from(list(gatherings.list_choices(instance))))
        locks = document | {"locked": [list(pair) for pair in gatherings.list_pairs(chosen)]}
        try:
            other = solve(read_instance(locks))
        except Fault:
            return
        claim = other.as_document() | {"certificate": best.certificate, "bound": None, "proved": True}

        reasons = check(instance, claim)

        assert reasons or (other.matched, other.total, True) == (best.matched, best.total, best.proved)

    run()


@pytest.mark.parametrize("kind", ["group", "circle"])
def test_somebody_can_be_in_a_group_where_enough_can_come_together(kind):
    @CALM
    @given(document=gatherings.documents(kind, "total"))
    def run(document):
        instance = read_instance(document)
        able = {id for groups in gatherings.list_choices(instance) for mentees, _ in groups for id in mentees}

        companies = find_companies(instance, [mentee.id for mentee in instance.mentees])

        assert {id for id, company in companies.items() if company.together >= company.least} == able
        assert all(company.mentor or not company.together for company in companies.values())

    run()


def test_three_friends_make_one_pair_and_odd_sets_prove_it():
    """Prices of people alone would allow one pair and a half."""
    scores = [["a", "b", 10], ["b", "c", 10], ["c", "a", 10]]
    document = {
        "people": [{"id": id} for id in "abc"],
        "criteria": [{"kind": "pairs", "scores": scores, "missing": "forbidden"}],
        "model": "peers",
    }
    instance = read_instance(document)

    outcome = solve(instance)

    assert (outcome.matched, outcome.total, outcome.proved) == (2, 10, True)
    assert outcome.certificate["stages"][0]["sets"] == [[["a", "b", "c"], 20000]]
    assert check(instance, outcome) == []


def test_a_group_that_is_too_small_does_not_open():
    document = {
        "mentees": [{"id": id} for id in "abcde"],
        "mentors": [{"id": "x", "capacity": 3}, {"id": "y", "capacity": 3}],
        "criteria": [{"kind": "pairs", "scores": [[id, "x", 5] for id in "abcde"]}],
        "model": {"kind": "group", "least": 3, "most": 3},
    }

    outcome = solve(read_instance(document))

    assert [(len(group.mentees), group.mentors) for group in outcome.groups] == [(3, ("x",))]
    assert (outcome.matched, outcome.total, len(outcome.unmatched)) == (3, 15, 2)


def test_a_mentor_never_mentors_the_team_she_is_in():
    team = {"attributes": {"team": {"kind": "category"}}, "criteria": [], "model": {"kind": "team", "team": "team"}}
    document = team | {
        "mentees": [{"id": id, "values": {"team": "red"}} for id in "ab"],
        "mentors": [
            {"id": "inside", "values": {"team": "red"}},
            {"id": "outside"},
            {"id": "blue", "values": {"team": "blue"}},
        ],
    }

    (group,) = solve(read_instance(document | {"criteria": [{"kind": "pairs", "scores": [], "missing": 1}]})).groups

    assert (group.mentees, group.mentors) == (("a", "b"), ("blue", "outside"))


def test_a_lock_that_no_group_can_keep_is_a_fault():
    document = {
        "mentees": [{"id": "a"}],
        "mentors": [{"id": "x"}],
        "criteria": [],
        "model": {"kind": "group", "least": 2},
        "locked": [["a", "x"]],
    }

    with pytest.raises(Fault, match="locked: these locks cannot all be kept"):
        solve(read_instance(document))


@pytest.mark.parametrize(
    ("change", "path", "message"),
    [
        ({"model": "pairs"}, "model", "expected one of"),
        ({"model": 3}, "model", "expected the name of a model"),
        ({"model": {"kind": "group", "size": 3}}, "model.size", "unknown field"),
        ({"model": {"kind": "group", "least": 5, "most": 4}}, "model.most", "below least"),
        ({"model": {"kind": "team"}}, "model", "'team' is missing"),
        ({"model": {"kind": "team", "team": "colour"}}, "model.team", "unknown attribute"),
        ({"model": {"kind": "circle", "shared": "years"}}, "model.shared", "is a number"),
        ({"model": {"kind": "two-by-two", "experienced": "level", "among": ["old"]}}, "model.among[0]", "expected one of"),
        ({"model": "peers"}, "mentees", "the model peers has people"),
        ({"people": []}, "people", "has mentees and mentors"),
        ({"model": "group", "locked": [["a", "x"], ["a", "y"]]}, "locked[1]", "locked twice"),
    ],
)  # fmt: skip
def test_a_faulty_model_is_refused_with_its_path(change, path, message):
    document = {
        "attributes": gatherings.instances.ATTRIBUTES,
        "mentees": [{"id": "a"}],
        "mentors": [{"id": "x"}, {"id": "y"}],
        "criteria": [],
    }

    with pytest.raises(Fault) as refusal:
        read_instance(document | change)

    assert refusal.value.path == path
    assert message in refusal.value.message


@pytest.mark.parametrize("objective", ["stable"])
def test_an_objective_for_pairs_only_is_refused(objective):
    document = {"mentees": [], "mentors": [], "criteria": [], "model": "group", "objective": objective}

    with pytest.raises(Fault, match="objective: for the model group"):
        solve(read_instance(document))


def test_spot_and_buddy_are_matched_as_one_to_one():
    pair = {"kind": "pairs", "scores": [["a", "x", 10]]}
    document = {"mentees": [{"id": "a"}], "mentors": [{"id": "x"}], "criteria": [pair]}

    outcomes = [solve(read_instance(document | {"model": model})) for model in ("one-to-one", "spot", "buddy")]

    assert {outcome.pairs for outcome in outcomes} == {(("a", "x"),)}


def test_every_model_can_be_solved_checked_and_explained_on_the_command_line(tmp_path, capsys):
    def run(*arguments):
        return main([*map(str, arguments)]), capsys.readouterr().out

    people = [{"id": id, "values": {"skills": ["teams"], "level": "new"}} for id in "abcdef"]
    mentors = [{"id": id, "values": {"level": level}} for id, level in (("x", "senior"), ("y", "new"))]
    document = {
        "attributes": gatherings.instances.ATTRIBUTES,
        "mentees": people,
        "mentors": mentors,
        "criteria": [{"kind": "overlap", "attribute": "skills"}],
    }
    for kind, models in gatherings.MODELS.items():
        asked = document | {"model": models[0]}
        asked = gatherings.pool(asked) if kind == "peers" else asked
        (tmp_path / "instance.json").write_text(json.dumps(asked))
        (tmp_path / "outcome.json").write_text(run("solve", tmp_path / "instance.json")[1])

        checked = run("check", tmp_path / "instance.json", tmp_path / "outcome.json")
        explained = json.loads(run("explain", tmp_path / "instance.json", tmp_path / "outcome.json")[1])

        outcome = json.loads((tmp_path / "outcome.json").read_text())
        assert (outcome["model"], *checked) == (kind, 0, "no better assignment exists; proved\n")
        assert sum(reasons["score"] for reasons in explained["pairs"]) == outcome["total"]
        assert [each["mentee"] for each in explained["unmatched"]] == outcome["unmatched"]


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        (None, "no better assignment exists; proved"),
        ({"matched": 10, "total": 1008}, "not proved to be the best; at most 0.8 % better is possible"),
        ({"matched": 10, "total": 1001}, "not proved to be the best; at most 0.1 % better is possible"),
        ({"matched": 11, "total": 1050}, "not proved to be the best; at most 1 more person matched and 5 % better are possible"),
        (
            {"matched": 10, "total": 1000, "worst": 70},
            "the highest total that is proved; the lowest score of a pair could be 70 at most",
        ),
    ],
)  # fmt: skip
def test_what_is_proved_is_said_in_words(bound, words):
    assert say_proof({"matched": 10, "total": 1000, "proved": bound is None, "bound": bound}) == words


@pytest.mark.parametrize(("kind", "sizes"), [("group", (2, 4)), ("circle", (3, 8))])
def test_groups_of_sixty_people_are_proved(kind, sizes):
    document = make_document("T", 60)
    mentors = [{name: value for name, value in each.items() if name != "capacity"} for each in document["mentors"]]
    few = mentors if kind == "group" else mentors[:12]
    least, most = sizes
    instance = read_instance(document | {"mentors": few, "model": {"kind": kind, "least": least, "most": most}})

    outcome = solve(instance)

    assert check(instance, outcome) == []
    assert outcome.matched == 60
    assert outcome.proved
