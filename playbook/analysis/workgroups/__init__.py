"""Groups in which people differ as much as they can, under rules: numbers without words.

`partition` finds them and says how good they are, `cells` draws cells across them, `gower` says how
different people are, `explain` what each group has. Rules are in rules.py, what comes back in
plan.py. How it is done: differences.py (whole numbers), instance.py (flat sequences), loops.py and
compiled.py (the search's inner loops), search.py, bound.py; counts.py, proof.py and clash.py
(CP-SAT). A page has it done beside itself: beside.py, worker.py, turns.py.

Importing the package loads nothing; each name is imported when it is first used, numba and OR-Tools
only when something is searched for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playbook.analysis.workgroups.across import cells as cells
    from playbook.analysis.workgroups.differences import Differences as Differences
    from playbook.analysis.workgroups.differences import gower as gower
    from playbook.analysis.workgroups.explanation import explain as explain
    from playbook.analysis.workgroups.plan import Partition as Partition
    from playbook.analysis.workgroups.plan import RulesClashError as RulesClashError
    from playbook.analysis.workgroups.plan import even_sizes as even_sizes
    from playbook.analysis.workgroups.plan import group_numbers as group_numbers
    from playbook.analysis.workgroups.rules import Apart as Apart
    from playbook.analysis.workgroups.rules import AtLeast as AtLeast
    from playbook.analysis.workgroups.rules import AtMost as AtMost
    from playbook.analysis.workgroups.rules import CommonHours as CommonHours
    from playbook.analysis.workgroups.rules import FixedSeat as FixedSeat
    from playbook.analysis.workgroups.rules import NoneOrTwo as NoneOrTwo
    from playbook.analysis.workgroups.rules import SplitTeam as SplitTeam
    from playbook.analysis.workgroups.rules import SpreadEvenly as SpreadEvenly
    from playbook.analysis.workgroups.rules import Together as Together
    from playbook.analysis.workgroups.rules import WishesMet as WishesMet
    from playbook.analysis.workgroups.solve import partition as partition
    from playbook.analysis.workgroups.solve import rule_costs as rule_costs
    from playbook.analysis.workgroups.solve import score as score
    from playbook.worksheet.roster import Attribute as Attribute
    from playbook.worksheet.roster import Roster as Roster
    from playbook.worksheet.roster import banded as banded

_HERE = "playbook.analysis.workgroups"
_HOMES = {
    "Attribute": "playbook.worksheet.roster",
    "Differences": f"{_HERE}.differences",
    "Partition": f"{_HERE}.plan",
    "Roster": "playbook.worksheet.roster",
    "RulesClashError": f"{_HERE}.plan",
    "banded": "playbook.worksheet.roster",
    "cells": f"{_HERE}.across",
    "even_sizes": f"{_HERE}.plan",
    "explain": f"{_HERE}.explanation",
    "gower": f"{_HERE}.differences",
    "group_numbers": f"{_HERE}.plan",
    "partition": f"{_HERE}.solve",
    "rule_costs": f"{_HERE}.solve",
    "score": f"{_HERE}.solve",
} | dict.fromkeys(
    (
        "Apart",
        "AtLeast",
        "AtMost",
        "CommonHours",
        "FixedSeat",
        "NoneOrTwo",
        "SplitTeam",
        "SpreadEvenly",
        "Together",
        "WishesMet",
    ),
    f"{_HERE}.rules",
)
"""Where each public name is defined. Add a name here and above."""

__all__ = sorted(_HOMES)  # noqa: PLE0605  # the names above, once


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'playbook.workgroups' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
