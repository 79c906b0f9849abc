"""What is counted, and ballots, for the tests of what may be shown."""

from random import Random

from playbook.cohort.aggregate import Ballot, DisclosureRule
from playbook.cohort.counting import VoteQuestion
from playbook.worksheet.kinds.choice import ANSWERS

FIVE = 5
ANSWER = VoteQuestion("answer", ANSWERS)
PERSON = VoteQuestion("answer", ANSWERS, about_people=True)


def rule(seed: int = 0, minimum: int = FIVE) -> DisclosureRule:
    return DisclosureRule(minimum, Random(seed))


def ballots(**counts: int) -> list[Ballot]:
    """yes=3 is three ballots that say yes."""
    return [Ballot(choice) for choice, count in counts.items() for _ in range(count)]
