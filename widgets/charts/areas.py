"""What has to change in the long run: a line an area, a square a change, filled once done."""

from __future__ import annotations

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.act_gate.areas import areas_summary, change_areas
from widgets.cards import Payload
from widgets.charts.look import palettes, picture
from widgets.charts.squares import SquareLine, squares_chart


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; before a change has an area, nothing."""
    areas = change_areas(sheet, worksheet)
    summary = areas_summary(areas, framework.words)
    told = framework.words.group("areas_chart")
    lines = [SquareLine(one.name, one.done, one.open) for one in areas]
    drawn = squares_chart(lines, told, summary, palettes()["page"]) if areas else None
    return picture(told, summary, drawn)
