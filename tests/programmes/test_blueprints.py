"""Ready-made programmes keep to their schema, and what breaks it is named by its path."""

import pytest

from programmes.blueprints import BlueprintError, blueprint_names, check_blueprint, load_blueprint


@pytest.mark.parametrize("name", blueprint_names())
def test_every_blueprint_keeps_to_the_schema(name):
    assert load_blueprint(name)["blueprint"]["title"]


def test_ukrc_has_what_the_guide_asks_for():
    ukrc = load_blueprint("ukrc")

    agreed = [clause["source"] for clause in ukrc["clauses"]]
    assert [agreed.count(source) for source in ("K1", "K2", "K3", "K4", "K5")] == [6, 1, 2, 1, 2]
    assert [topic["source"] for topic in ukrc["topics"]] == ["T3"] * 9
    assert {record["source"] for record in ukrc["records"]} == {"G9"}
    assert {record["key"] for record in ukrc["records"] if record["readers"] == "author"} == {
        "reflections",
        "differently",
    }
    assert sum(question.get("matching", {}).get("weight", 0) for question in ukrc["questions"]) == 100
    assert {question["kind"] for question in ukrc["questions"]} >= {
        "text", "long_text", "choice", "many", "place", "availability", "ranked",
    }  # fmt: skip


def test_unknown_blueprint_is_refused():
    with pytest.raises(BlueprintError, match=r"no blueprint called “\.\./ukrc”"):
        load_blueprint("../ukrc")


def test_two_loads_do_not_share_anything():
    load_blueprint("ukrc")["questions"].clear()

    assert load_blueprint("ukrc")["questions"]


def broken(section, place, **changes):
    blueprint = load_blueprint("ukrc")
    blueprint[section][place] |= changes
    with pytest.raises(BlueprintError) as refusal:
        check_blueprint(blueprint, "ukrc")
    return str(refusal.value)


def test_wrong_kind_is_named_by_its_path():
    assert broken("questions", 1, kind="essay").startswith("ukrc: questions[1].kind: 'essay' is not one of")


def test_choice_without_options_is_named_by_its_path():
    assert broken("questions", 0, kind="choice") == "ukrc: questions[0]: 'options' is a required property"


def test_unknown_field_is_named_by_its_path():
    assert broken("topics", 2, minutes=5).startswith("ukrc: topics[2]: Additional properties are not allowed")


def test_same_key_twice_is_named_by_its_path():
    assert broken("clauses", 3, key="aims") == "ukrc: clauses[3].key: “aims” is used twice"


def test_matching_with_a_question_nobody_is_asked_is_named_by_its_path():
    wrong = {"comparison": "wants_offers", "weight": 40, "with": "wishes"}

    assert broken("questions", 2, matching=wrong) == "ukrc: questions[2].matching.with: there is no question “wishes”"


def test_objective_measured_by_no_scale_is_named_by_its_path():
    wrong = {"kind": "answers_share", "question": "mentee_often", "at_least": 4}

    assert (
        broken("objectives", 1, measure=wrong)
        == "ukrc: objectives[1].measure.question: the survey has no scale “mentee_often”"
    )
