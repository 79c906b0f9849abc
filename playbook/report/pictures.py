"""Pictures in words: what each shows, for a screen's text twin and for files without pictures.

The comparison of candidates and the map need none here: a table and the answers say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report import timeline
from playbook.report.act_gate import result, spread
from playbook.report.alignment import pairs, tools
from playbook.report.capacity import hours
from playbook.report.connect import network
from playbook.report.create_gate import dial, moves
from playbook.report.entry_point import factors
from playbook.report.expectations import programme, quadrants
from playbook.report.flow import lanes, ways, what_if
from playbook.report.focus import charts as weekly_charts
from playbook.report.focus import hours as freed_hours
from playbook.report.focus import lot, problems, sight
from playbook.report.governance import path
from playbook.report.metric_tree import sentences
from playbook.report.obstacles import board as obstacle_board
from playbook.report.obstacles import pulse, tool_roles
from playbook.report.practices import learning, nine, stages, weeks
from playbook.report.practices import moments as pauses
from playbook.report.scorecard import board as scorecard
from playbook.report.seven_steps import steps
from playbook.report.supervisors import coaching
from playbook.report.system_map import ripples, shape
from playbook.report.workgroups import board
from playbook.report.zoom_out import portfolio, shifts

InWords = Callable[[Sheet, Worksheet, Assessment, Framework], list[str]]
"""The picture in sentences; none while there is nothing to draw."""

_PICTURES: Mapping[str, tuple[str, InWords]] = {
    "coaching": ("coaching.title", coaching.in_words),
    "connections": ("connections.title", network.in_words),
    "dial": ("dial.title", dial.in_words),
    "factors": ("factors.title", factors.in_words),
    "flow_if": ("flow_if.title", what_if.in_words),
    "flow_ways": ("flow_ways.title", ways.in_words),
    "freed_hours": ("freed_hours.title", freed_hours.in_words),
    "hours": ("hours.title", hours.in_words),
    "learning": ("learning.title", learning.in_words),
    "lot": ("lot.title", lot.in_words),
    "obstacles": ("obstacles.title", obstacle_board.in_words),
    "moments": ("moments_chart.title", pauses.in_words),
    "moves": ("moves.title", moves.in_words),
    "nine": ("nine.title", nine.in_words),
    "path": ("path.title", path.in_words),
    "pilot_result": ("pilot_result.title", result.in_words),
    "pairs": ("pairs.title", pairs.in_words),
    "portfolio": ("portfolio_chart.title", portfolio.in_words),
    "problem_order": ("problem_order.title", problems.in_words),
    "programme": ("programme.title", programme.in_words),
    "pulse": ("pulse.title", pulse.in_words),
    "quadrants": ("quadrants.title", quadrants.in_words),
    "ripple": ("ripple.title", ripples.in_words),
    "scorecard": ("scorecard.title", scorecard.in_words),
    "system_map": ("system_map.title", shape.in_words),
    "map_matrix": ("map_says.matrix", shape.matrix_in_words),
    "sight": ("sight.title", sight.in_words),
    "shifts": ("shifts.title", shifts.in_words),
    "spread": ("spread.title", spread.in_words),
    "stages": ("stages.title", stages.in_words),
    "steps": ("steps.title", steps.in_words),
    "timeline": ("timeline.title", timeline.in_words),
    "swim_lanes": ("swim_lanes.title", lanes.in_words),
    "tool_roles": ("tool_roles.title", tool_roles.in_words),
    "tool_steps": ("tool_steps.title", tools.in_words),
    "tree": ("tree.title", sentences.in_words),
    "weekly_charts": ("weekly_charts.title", weekly_charts.in_words),
    "weeks": ("weeks.title", weeks.in_words),
    "workgroups": ("workgroups.title", board.in_words),
}
"""By the name that a sheet's `charts` gives them: the title's wording, and what it says."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its title, and what it shows."""

    title: str
    sentences: tuple[str, ...]


def pictures(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Iterator[Picture]:
    """The pictures of a sheet that show something, in its order."""
    for name in sheet.charts:
        if name in _PICTURES:
            title, in_words = _PICTURES[name]
            if said := in_words(sheet, worksheet, assessment, framework):
                yield Picture(framework.words.text(title), tuple(said))
