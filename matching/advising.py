"""What would let more people be matched: who competes for whose places, and whom to recruit. Each is found by solving again."""

from typing import TYPE_CHECKING, Any, TypedDict

from programmes.recruitment.models import Question

from .gathering import Gathered

if TYPE_CHECKING:
    from .asking import Answer

FEW = 3  # kinds of mentor that are named


class Advice(TypedDict):
    """A sentence; `recruit` where it says whom to look for."""

    words: str
    recruit: bool


def advise(gathered: Gathered, answer: "Answer") -> list[Advice]:
    """Nothing where everybody is matched, or where there are too many pairs to try this quickly."""
    from .asking import can_be_tried, read_answer  # loads SciPy
    from .engine import find_shortages, value_answers

    instance, outcome = read_answer(answer)
    if not outcome.unmatched or not can_be_tried(instance):
        return []
    shortages = [one.as_document(gathered.call)["words"] for one in find_shortages(instance, outcome)]
    known = {question.key: question for question in gathered.questions}
    wanted = [one for one in value_answers(instance, outcome) if one.many and one.attribute in known][:FEW]
    recruit = [say_wanted(known[one.attribute], one.answer, one.many) for one in wanted]
    return [
        *(Advice(words=words, recruit=False) for words in shortages),
        *(Advice(words=words, recruit=True) for words in recruit),
    ]


def say_wanted(question: Question, answer: Any, many: int) -> str:
    said = dict(question.choices).get(answer, str(answer))
    helped = "1 person who waits" if many == 1 else f"{many} people who wait"
    return f"Mentors who answer “{said}” to “{question.label}” could be matched with {helped}."
