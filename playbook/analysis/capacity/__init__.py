"""Freed capacity: a team and its tasks, who can be freed, and why not more.

`team_of` reads a team from stored answers; allocation frees volunteers, why_not says what binds.
"""

from playbook.analysis.capacity.allocation import Allocation, Share, allocate, freed_ranges
from playbook.analysis.capacity.team import Person, Task, Team, team_of
from playbook.analysis.capacity.why_not import Shortfall, why_not

__all__ = [
    "Allocation",
    "Person",
    "Share",
    "Shortfall",
    "Task",
    "Team",
    "allocate",
    "freed_ranges",
    "team_of",
    "why_not",
]
