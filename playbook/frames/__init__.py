"""Answers, findings, trees, catalogue, coverage, people, pilots, exhibits: all that loads pandas.

Nothing else imports this package, so apps, kernels and the command line don't pay for pandas. What
is given wrong is an InputError with one sentence.
"""

from playbook.frames.answers import open_example, open_workbook
from playbook.frames.capacity import CapacityPlan
from playbook.frames.exhibits import exhibit
from playbook.frames.focus import PilotEvidence
from playbook.frames.people import groups, roster
from playbook.frames.pilot import PilotDesign, agreement, luck, xmr
from playbook.frames.practices import check_ins
from playbook.frames.rows import catalogue, coverage
from playbook.frames.scorecard import scorecard_measures
from playbook.frames.trees import MetricTree
from playbook.frames.verdicts import findings, try_answers
from playbook.frames.work_system import Alignment, WorkFlow

__all__ = [
    "Alignment",
    "CapacityPlan",
    "MetricTree",
    "PilotDesign",
    "PilotEvidence",
    "WorkFlow",
    "agreement",
    "catalogue",
    "check_ins",
    "coverage",
    "exhibit",
    "findings",
    "groups",
    "luck",
    "open_example",
    "open_workbook",
    "roster",
    "scorecard_measures",
    "try_answers",
    "xmr",
]
