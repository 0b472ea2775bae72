"""What would let more people be matched: who competes for whose places, and whom to recruit. Each is found by solving again."""

from typing import TYPE_CHECKING, Any, TypedDict

from matching.asking.gathering import Gathered
from programmes.recruitment.models import Question

if TYPE_CHECKING:
    from matching.asking.solving import Answer
    from matching.engine import Worth

FEW = 3  # kinds of mentor that are named


class Advice(TypedDict):
    """A sentence; `recruit` where it says whom to look for."""

    words: str
    recruit: bool


def advise(gathered: Gathered, answer: "Answer") -> list[Advice]:
    """Nothing where everybody is matched, or where there are too many pairs to try this quickly."""
    from matching.asking.solving import can_be_tried, read_answer  # loads SciPy
    from matching.engine import find_shortages, value_answers

    instance, outcome = read_answer(answer)
    if not outcome.unmatched or not can_be_tried(instance):
        return []
    shortages = [one.as_document(gathered.call)["words"] for one in find_shortages(instance, outcome)]
    recruit = say_whom(gathered.questions, value_answers(instance, outcome))
    return [
        *(Advice(words=words, recruit=False) for words in shortages),
        *(Advice(words=words, recruit=True) for words in recruit),
    ]


def say_whom(questions: list[Question], worth: "list[Worth]") -> list[str]:
    """The mentors who would help most; where all would help alike, that any would."""
    known = {question.key: question for question in questions}
    found = [one for one in worth if one.attribute in known]
    most, least = (choose((one.many for one in found), default=0) for choose in (max, min))
    if most == least:
        return [f"Any mentor with a free place could be matched with {say_waiting(most)}."] if most else []
    return [say_wanted(known[one.attribute], one.answer, one.many) for one in found if one.many > least][:FEW]


def say_wanted(question: Question, answer: Any, many: int) -> str:
    said = dict(question.choices).get(answer, str(answer))
    return f"Mentors who answer “{said}” to “{question.label}” could be matched with {say_waiting(many)}."


def say_waiting(many: int) -> str:
    return "1 person who waits" if many == 1 else f"{many} people who wait"
