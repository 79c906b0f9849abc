"""Pictures: pure functions from results to Vega-Lite, one module each, and the Chart widget.

altair takes a second to import, so it is imported where a picture is made and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from widgets.cards import Payload
from widgets.charts import (
    candidates,
    circle,
    coaching,
    dial,
    factors,
    flow_if,
    flow_ways,
    freed_hours,
    hours,
    learning,
    moments,
    moves,
    portfolio,
    problem_order,
    programme,
    pulse,
    quadrants,
    returns,
    ripple,
    scorecard,
    steps,
    timeline,
    tool_roles,
    tool_steps,
)
from widgets.charts.look import palettes
from widgets.charts.widget import Chart

Make = Callable[[Sheet, Worksheet, Assessment, Framework], Payload]
"""What the Chart shows: spec (None while there is nothing to draw), title, summary, words."""

CHARTS: Mapping[str, Make] = {
    "candidates": candidates.chart_payload,
    "circle": circle.chart_payload,
    "coaching": coaching.chart_payload,
    "dial": dial.chart_payload,
    "factors": factors.chart_payload,
    "flow_if": flow_if.chart_payload,
    "flow_ways": flow_ways.chart_payload,
    "freed_hours": freed_hours.chart_payload,
    "hours": hours.chart_payload,
    "learning": learning.chart_payload,
    "moments": moments.chart_payload,
    "moves": moves.chart_payload,
    "portfolio": portfolio.chart_payload,
    "problem_order": problem_order.chart_payload,
    "programme": programme.chart_payload,
    "pulse": pulse.chart_payload,
    "quadrants": quadrants.chart_payload,
    "returns": returns.chart_payload,
    "ripple": ripple.chart_payload,
    "steps": steps.chart_payload,
    "scorecard": scorecard.chart_payload,
    "timeline": timeline.chart_payload,
    "tool_roles": tool_roles.chart_payload,
    "tool_steps": tool_steps.chart_payload,
}
"""The pictures beside a form by the name that a sheet's `charts` gives them."""

__all__ = ["CHARTS", "Chart", "Make", "palettes"]
