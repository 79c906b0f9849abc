"""Freed capacity: people and their tasks, who can be freed, and why not more.

`workload_of` reads it from stored answers; allocation frees volunteers, why_not says what binds.
"""

from playbook.analysis.capacity.allocation import Allocation, Share, allocate, freed_ranges
from playbook.analysis.capacity.why_not import Shortfall, why_not
from playbook.analysis.capacity.workload import Task, Worker, Workload, workload_of

__all__ = [
    "Allocation",
    "Share",
    "Shortfall",
    "Task",
    "Worker",
    "Workload",
    "allocate",
    "freed_ranges",
    "why_not",
    "workload_of",
]
