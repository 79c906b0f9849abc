"""The people of a rehearsal: who comes when, how fast, when they lose the network, what they say.

All of it follows from one seed, so that a rehearsal can be played again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from playbook.model import Rehearsal, ResponseProfile

AT_ONCE, LATE = 0.7, 0.1
"""Shares of people who come within the first moments, and minutes late; the rest in between."""
MOMENTS, SOON, MINUTES = 20.0, 60.0, 180.0
OFFLINE, OFFLINE_SECONDS = 0.15, 45.0
"""How many lose the network at some time, and for how long."""
QUICKEST, SLOWEST = 3.0, 40.0
SHARES_TEXT = 0.7


@dataclass(frozen=True, slots=True)
class SimulatedParticipant:
    """Somebody made up. Times are seconds since the rehearsal began."""

    name: str
    profile: ResponseProfile
    comes: float
    pace: float
    offline: tuple[float, float]
    seed: int

    def is_there(self, now: float) -> bool:
        """Whether they have come and have a network."""
        return now >= self.comes and not self.offline[0] <= now < self.offline[1]

    def number(self, subject: str, most: int) -> int:
        """A number of theirs about one subject, from 0 to `most`: the same each time."""
        return Random(f"{self.seed} {subject}").randint(0, most)

    def chooses(self, subject: str, choices: list[str]) -> str:
        """Their choice about one subject: the same whenever they are asked again."""
        random = Random(f"{self.seed} {subject}")
        known = self.profile.choices[: len(choices)]
        left = max(0.0, 1 - sum(known)) / max(1, len(choices) - len(known))
        weights = [*known, *[left] * (len(choices) - len(known))]
        return random.choices(choices, weights)[0]

    def one_of(self, subject: str, shares: Mapping[str, float]) -> str:
        """One of these answers about a subject, each as likely as its share."""
        return Random(f"{self.seed} {subject}").choices([*shares], [*shares.values()])[0]

    def stays(self, subject: str, share: float) -> bool:
        """Whether they are among so many who answer as they did before."""
        return Random(f"{self.seed} {subject} stays").random() < share

    def says(self, subject: str, sentences: tuple[str, ...]) -> tuple[str, bool]:
        """A sentence of theirs, and whether the class may see it."""
        random = Random(f"{self.seed} says {subject}")
        return random.choice(sentences), random.random() < SHARES_TEXT


def players(script: Rehearsal, count: int, seed: int) -> list[SimulatedParticipant]:
    """So many people of the script, as differing as its profiles say."""
    random = Random(seed)
    names = random.sample(script.people, min(count, len(script.people)))
    names += [f"{name} {number}" for number, name in enumerate(names[: count - len(names)], 2)]
    shares = [profile.share for profile in script.profiles]
    return [
        SimulatedParticipant(
            name,
            random.choices(script.profiles, shares)[0],
            _arrival(random),
            random.uniform(QUICKEST, SLOWEST),
            _outage(random),
            random.getrandbits(32),
        )
        for name in names
    ]


def _arrival(random: Random) -> float:
    place = random.random()
    if place < AT_ONCE:
        return random.uniform(0, MOMENTS)
    return random.uniform(MOMENTS, SOON if place < 1 - LATE else MINUTES)


def _outage(random: Random) -> tuple[float, float]:
    if random.random() >= OFFLINE:
        return (0.0, 0.0)
    begins = random.uniform(SOON, 2 * MINUTES)
    return (begins, begins + OFFLINE_SECONDS)
