"""Two ways to think a goal through, a question at a time: GROW (A6) and OSKAR (A7), in our own words.

Every question may be left out, and the path may be left at any point. The scales are apart: commitment runs from 1 to
10, where somebody stands from 0 to 10 (C10, C11).
"""

from dataclasses import dataclass

ENOUGH = 7  # commitment, below which the path asks what is still missing


@dataclass(frozen=True)
class Step:
    """One page of a path: its question, other ways to ask it, and its answer's name. `scale`: lowest and highest."""

    name: str
    stage: str
    question: str
    others: tuple[str, ...] = ()
    scale: tuple[int, int] | None = None
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Path:
    """A path of questions, and what it says before the first."""

    kind: str
    title: str
    lead: str
    steps: tuple[Step, ...]


GROW = Path(
    "grow",
    "Think it through",
    "From where you want to be to your first step. Answer what helps and skip the rest.",
    (
        Step(
            "goal",
            "Goal",
            "What do you want to be different?",
            (
                "What would you like to leave this conversation with?",
                "How will you know that you are there?",
                "What will you see, hear or have then?",
                "By when do you want it?",
                "How much of it is in your own hands?",
            ),
        ),
        Step(
            "matters",
            "Goal",
            "Why does it matter to you now?",
            ("What becomes possible when you have it?", "Who else would notice?"),
        ),
        Step(
            "reality",
            "Where you are",
            "What is happening at the moment?",
            (
                "What have you tried, and what came of it?",
                "What is going well already?",
                "Who is concerned, and how do they see it?",
                "What do you know for certain, and what do you assume?",
            ),
        ),
        Step(
            "obstacles",
            "Where you are",
            "What stands in the way?",
            (
                "Is any of it in yourself?",
                "What are you missing: time, knowledge, somebody's word?",
                "What would happen if you did nothing?",
                "What helped you past something like this before?",
            ),
        ),
        Step(
            "options",
            "What you could do",
            "What could you do? Write down everything, the unlikely too.",
            (
                "What if nobody minded?",
                "What would somebody do whom you admire?",
                "What is good and bad about each?",
                "Which one draws you most?",
            ),
        ),
        Step(
            "way",
            "The way forward",
            "What will you do first, and when?",
            (
                "How does it bring you nearer to the goal?",
                "What might get in the way, and what then?",
                "Who needs to know?",
            ),
        ),
        Step(
            "help",
            "The way forward",
            "Whose help do you want, and how will you ask for it?",
            ("What can your partner do?",),
        ),
        Step(
            "commitment",
            "How sure you are",
            "How sure are you that you will do it?",
            scale=(1, 10),
            low="I doubt it",
            high="I will",
        ),
        Step(
            "needed",
            "How sure you are",
            "What would make it a 7?",
            ("A smaller step, a later day, somebody beside you?",),
        ),
    ),
)
OSKAR = Path(
    "oskar",
    "See where you are",
    "Where you stand, where you want to stand, and what carries you there. Each time adds a point to the line.",
    (
        Step(
            "outcome",
            "What you want",
            "What do you want to come out of this?",
            ("Suppose it has happened overnight: what is the first thing you notice?",),
        ),
        Step(
            "now",
            "Where you are",
            "From 0 to 10, where are you now?",
            scale=(0, 10),
            low="Nothing of it is there yet",
            high="All of it is",
        ),
        Step(
            "wanted",
            "Where you are",
            "And where would be good enough?",
            scale=(0, 10),
            low="Nothing",
            high="All of it",
        ),
        Step(
            "know_how",
            "What you have",
            "What has brought you as far as you are?",
            ("What do you know and can you do that helps?", "Whom do you have on your side?"),
        ),
        Step(
            "affirm",
            "What you have",
            "What has gone well that deserves saying?",
            ("What did your partner see in you?",),
        ),
        Step(
            "action",
            "What comes next",
            "What would bring you one point further, and when will you do it?",
        ),
    ),
)
PATHS = {path.kind: path for path in (GROW, OSKAR)}


def next_step(path: Path, after: str, answers: dict[str, str]) -> Step | None:
    """The page after this one; the last question of GROW is asked only of those who are not sure yet."""
    names = [step.name for step in path.steps]
    following = path.steps[names.index(after) + 1 :] if after in names else path.steps
    for step in following:
        if step.name != "needed" or is_unsure(answers):
            return step
    return None


def is_unsure(answers: dict[str, str]) -> bool:
    given = answers.get("commitment", "")
    return given.isdigit() and int(given) < ENOUGH
