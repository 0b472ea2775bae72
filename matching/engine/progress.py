"""How far solving has come, told to whoever waits, who may also stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# Told what is being done, in words, and how far everything is, from 0 to 1. What it raises ends the solving.
Watch = Callable[[str, float], None]

COMPARED, SOLVED, EACH_ROUND = 0.15, 0.95, 0.4


def ignore(words: str, share: float) -> None:
    """For when nobody waits."""


@dataclass
class Progress:
    """The share only ever grows. How many rounds there will be nobody knows: each takes its part of what is left."""

    watch: Watch = ignore
    share: float = 0.0
    rounds: int = 0

    def say(self, words: str, share: float) -> None:
        self.share = max(self.share, share)
        self.watch(words, self.share)

    def begin(self) -> None:
        self.say("Reading everybody's answers", 0.0)

    def compare(self, done: float) -> None:
        self.say("Comparing everybody with everybody", done * COMPARED)

    def begin_round(self) -> None:
        """The next round of looking for the best among the pairs chosen so far."""
        self.rounds += 1
        self.say(f"Looking for the best, round {self.rounds}", max(self.share, COMPARED))

    def look_again(self, done: float) -> None:
        """Part of the way through all pairs after a round."""
        goal = SOLVED - (SOLVED - COMPARED) * (1 - EACH_ROUND) ** self.rounds
        begun = SOLVED - (SOLVED - COMPARED) * (1 - EACH_ROUND) ** (self.rounds - 1)
        self.say(
            f"Proving over all pairs that nothing better was missed, round {self.rounds}", begun + done * (goal - begun)
        )

    def write(self) -> None:
        self.say("Writing down the pairs and the proof", SOLVED)

    def end(self) -> None:
        self.say("Done", 1.0)
