"""What each reminder says. A programme's blueprint may say it in words of its own."""

import datetime
from dataclasses import dataclass, replace

from django.utils.formats import date_format

from mentoring import outbox
from mentoring.addresses import absolute
from programmes.models import ContactBy, Member, Partnership, Programme
from programmes.support import one_tap
from programmes.support.health import Signs
from programmes.support.queries import name_others

from .upcoming import Kind, Prompt

CONTACT_OVERDUE = "contact_overdue"  # what blueprints call the reminder of contact


@dataclass(frozen=True)
class Answer:
    """A button under a letter: its words and the page it opens."""

    words: str
    page: str


@dataclass(frozen=True)
class Wording:
    """A letter's subject and text, its answers, and how many days after rhythm and grace are used up it is due."""

    subject: str
    text: str
    answers: tuple[Answer, ...] = ()
    after_days: int = 0


OPEN = Answer("Open your pages", "support:partnership")

WORDINGS = {
    Kind.CONTACT: Wording(
        "Time for a word with {partner}?",
        "You and {partner} have not noted a meeting since {last_met}. A short message is often all it takes.",
    ),
    Kind.IN_BETWEEN: Wording(
        "Two weeks since you and {partner} met",
        "You and {partner} met on {last_met}. Many send each other a line about now: how the next step went, "
        "or something that came to mind. It need not be long.",
        (OPEN,),
    ),
    Kind.TOMORROW: Wording(
        "You and {partner} meet tomorrow",
        "You planned to meet {partner} tomorrow, {about}. One thing you would like to talk about is preparation enough. "
        "If you cannot come, tell {partner} today.",
        (OPEN,),
    ),
    Kind.DID_YOU_MEET: Wording(
        "Did you and {partner} meet on {about}?",
        "You planned to meet {partner} on {about}. If you did, noting it takes less than a minute. If it was moved, "
        "say when you will try again.",
    ),
    Kind.MIDWAY: Wording(
        "Half of your time with {partner}",
        "You and {partner} are half way: your mentoring goes on until {ends_on}. It is a good moment to look at what you "
        "wanted when you began. What has moved, and what would make the second half better?",
        (OPEN,),
    ),
    Kind.CLOSING: Wording(
        "Four weeks left with {partner}",
        "Your mentoring with {partner} goes on until {ends_on}. Plan a last meeting now: look back at what changed, say "
        "what comes next, and say goodbye well, or agree to go on in another way.",
        (OPEN,),
    ),
    Kind.OVER: Wording(
        "Your time with {partner} is over: well done",
        "The time that you and {partner} agreed ended on {ends_on}. Thank you. Close it in a minute or two, with "
        "your next steps and a word of thanks. If you want to go on, your co-ordinator can agree a new date with you.",
        (OPEN,),
    ),
    Kind.RESTED: Wording(
        "Would you and {partner} like to go on?",
        "You and {partner} let your mentoring rest until {about}. If it suits you, go on now. If it needs longer, "
        "rest until another day; and if you would rather stop, that is all right too.",
        (Answer("Go on, rest longer, or stop", "support:partnership"),),
    ),
    Kind.ACTION_DUE: Wording(
        "Something you noted is due on {about}",
        "With {partner} you noted something for you to do by {about}. If it is done, tick it off. If that day no longer "
        "suits, tell {partner} and agree another.",
        (Answer("See it, or tick it off", "support:actions"),),
    ),
    Kind.REVIEW_DUE: Wording(
        "A good day to look at your goal again",
        "You and {partner} meant to look at a goal again on {about}. What has moved, and is it still what you want? Two "
        "sentences are enough, or a question for your next meeting.",
        (Answer("Look at your goals", "support:goals"),),
    ),
    Kind.NEED_DUE: Wording(
        "A good day to look at your development plan",
        "In your development plan beside {partner} you meant to look again on {about} at something you want to learn. What "
        "has moved, and what would help next? Two sentences are enough.",
        (Answer("Look at your development plan", "support:development"),),
    ),
}

TO_WHOEVER_KEEPS_CONTACT = {Kind.CONTACT, Kind.IN_BETWEEN, Kind.DID_YOU_MEET}


def wording_of(programme: Programme, kind: Kind) -> Wording:
    """The reminder as the programme's blueprint words it, or as the product does."""
    name = CONTACT_OVERDUE if kind == Kind.CONTACT else kind.value
    for given in programme.blueprint.get("reminders", []):
        if given["kind"] == name:
            return replace(WORDINGS[kind], **{part: given[part] for part in ("subject", "text", "after_days")})
    return WORDINGS[kind]


def readers_of(partnership: Partnership, prompt: Prompt) -> list[Member]:
    """Who gets the letter: whom it names, everybody, or whom the programme asks to keep contact (C1): the mentee unless
    it says otherwise."""
    here = [member for member in partnership.members.all() if member.left_at is None and may_read(member, prompt)]
    if prompt.reader:
        return [member for member in here if member.person_id == prompt.reader]
    if prompt.kind not in TO_WHOEVER_KEEPS_CONTACT:
        return here
    contact_by = partnership.programme.contact_by
    return [member for member in here if contact_by in (ContactBy.EITHER, member.role)] or here


def may_read(member: Member, prompt: Prompt) -> bool:
    """Whether somebody was there when the words were kept that a letter is about, or has been let to read them."""
    return not (member.reads_from and prompt.kept_on and prompt.kept_on < member.reads_from)


def compose(partnership: Partnership, signs: Signs, prompt: Prompt, reader: Member) -> outbox.Letter:
    """The words for one reader, and links that answer them by one tap."""
    wording = wording_of(partnership.programme, prompt.kind)
    words = {
        "{partner}": name_others(partnership, reader.person),
        "{last_met}": _day(signs.counts_from),
        "{about}": _day(prompt.about),
        "{ends_on}": _day(signs.ends_on),
        "{programme}": partnership.programme.name,
    }
    return outbox.compose(
        "support/emails/reminder.txt",
        {
            "reader": reader.person,
            "subject": fill_in(wording.subject, words),
            "text": fill_in(wording.text, words),
            "answers": answers_of(partnership, signs, prompt, reader, wording),
        },
    )


def answers_of(
    partnership: Partnership, signs: Signs, prompt: Prompt, reader: Member, wording: Wording
) -> list[tuple[str, str]]:
    """Words and address of each button. Whether people met is answered by one tap, without signing in."""
    if prompt.kind == Kind.CONTACT:
        links = one_tap.links(partnership, reader.person, signs.counts_from, is_since=True)
        return [("We have met: log it", links.yes), ("We have not met", links.no)]
    if prompt.kind == Kind.DID_YOU_MEET:
        links = one_tap.links(partnership, reader.person, prompt.about)
        return [("Yes", links.yes), ("Moved", links.moved), ("No", links.no)]
    return [(answer.words, absolute(partnership.url(answer.page))) for answer in wording.answers]


def fill_in(text: str, words: dict[str, str]) -> str:
    """Put words in their places; whatever else stands in braces stays as it is."""
    for place, word in words.items():
        text = text.replace(place, word)
    return text


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
