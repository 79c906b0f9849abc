"""What saving brings and what new value can bring, step by step: two illustrative curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from math import exp
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.returns import returns_summary
from widgets.cards import Payload
from widgets.charts.look import Palette, Spec, layered
from widgets.charts.wider_value import wider_value_payload

if TYPE_CHECKING:
    import altair as alt

HEIGHT = 190
STEPS = 20
"""Height in px; how many steps a curve is drawn from."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; before wider value is wanted, nothing."""
    summarise = partial(returns_summary, framework)
    return wider_value_payload(
        "returns_chart", summarise, returns_chart, sheet, worksheet, framework
    )


def saving(step: float) -> float:
    """What cutting cost has brought by then, of a full scale of 1: each step brings less."""
    return 0.55 * (1 - exp(-3 * step)) / (1 - exp(-3))


def value(step: float) -> float:
    """What new value has brought by then, of a full scale of 1: each step brings more."""
    return 0.95 * step**2


def returns_chart(words: Mapping[str, str], summary: Sequence[str], palette: Palette) -> Spec:
    """Two lines with their names beside them; no figures, for none are known."""
    return layered(_layers(words, palette), HEIGHT, summary)


def _layers(words: Mapping[str, str], palette: Palette) -> list[alt.Chart]:
    import altair as alt

    across, up = (alt.Scale(domain=[0, 1], nice=False) for _ in range(2))
    axis: dict[str, Any] = {
        "labels": False,
        "ticks": False,
        "grid": False,
        "titleColor": palette["soft"],
    }
    x_axis = alt.Axis(title=words["steps"], domainColor=palette["line"], **axis)
    y_axis = alt.Axis(title=words["gain"], domainColor=palette["line"], **axis)
    x, y = alt.X("step:Q", scale=across, axis=x_axis), alt.Y("gain:Q", scale=up, axis=y_axis)
    curves: list[tuple[str, Any, str, float]] = [
        ("saving", saving, palette["soft"], 0.42),
        ("value", value, palette["brand"], 0.86),
    ]
    layers = []
    for name, curve, colour, at in curves:
        points = [{"step": n / STEPS, "gain": curve(n / STEPS)} for n in range(STEPS + 1)]
        label = [{"step": at, "gain": curve(at), "text": words[name]}]
        layers += [
            alt.Chart(alt.Data(values=points))
            .mark_line(strokeWidth=3, color=colour)
            .encode(x=x, y=y),
            alt.Chart(alt.Data(values=label))
            .mark_text(fontSize=13, align="right", baseline="bottom", dx=-6, color=palette["ink"])
            .encode(x=x, y=y, text="text:N"),
        ]
    return layers
