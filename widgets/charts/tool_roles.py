"""The five roles of technology: a line each, a square a tool, filled where it is in use."""

from __future__ import annotations

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.obstacles.tool_roles import roles_summary, tool_roles
from widgets.cards import Payload
from widgets.charts.look import palettes, picture
from widgets.charts.squares import SquareLine, squares_chart


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; before a tool has a role, nothing."""
    words = framework.words
    roles = tool_roles(sheet, worksheet, words)
    summary, told = roles_summary(roles, words), words.group("tool_roles")
    lines = [SquareLine(one.name, one.used, one.unused) for one in roles]
    drawn = squares_chart(lines, told, summary, palettes()["page"]) if roles else None
    return picture(told, summary, drawn)
