"""A change tried out: the time of a case as it is and changed, each a mean on its range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook.analysis.work_system.queueing import Compared
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.flow.what_if import summary, tried_change
from widgets.cards import Payload
from widgets.charts.look import Palette, Spec, downwards, layered, palettes, picture, tips

if TYPE_CHECKING:
    import altair as alt

ROW, HEAD, MIDDLE, FOOT = 52, 6, 30, 42
"""Sizes in px; `MIDDLE` is how far below its name a range stands."""


def chart_payload(_: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework) -> Payload:
    """What the Chart shows; while nothing can be tried, the sentence that says why."""
    words, tried = framework.words.group("flow_if"), tried_change(worksheet)
    if tried is None:
        return picture(words, [], None)
    said = summary(tried, framework.words)
    if tried.found is None:
        return picture(words, said, None)
    return picture(words, said, range_chart(tried.found, words, said, palettes()["page"]))


def range_chart(found: Compared, words: dict[str, str], said: list[str], palette: Palette) -> Spec:
    """A line from the low to the high end, and a dot at the mean."""
    rows: list[dict[str, Any]] = [
        {
            "top": HEAD + place * ROW,
            "y": HEAD + place * ROW + MIDDLE,
            "low": one.low,
            "high": one.high,
            "middle": one.mean,
            "name": words[which],
            "range": f"{one.low:.1f}–{one.high:.1f}",
            "mean": f"{one.mean:.1f}",
            "text": f"{words[which]}: {one.mean:.1f} ({one.low:.1f}–{one.high:.1f})",
        }
        for place, (which, one) in enumerate((("now", found.now), ("changed", found.changed)))
    ]
    height = HEAD + ROW * len(rows) + FOOT
    return layered(_layers(rows, words, height, palette), height, said)


def _layers(
    rows: list[dict[str, Any]], words: dict[str, str], height: int, palette: Palette
) -> list[alt.Chart]:
    import altair as alt

    data = alt.Data(values=rows)
    axis = alt.Axis(
        labelColor=palette["soft"],
        titleColor=palette["soft"],
        domainColor=palette["line"],
        tickColor=palette["line"],
        grid=False,
        tickCount=5,
        title=words["hours"],
        titleLimit=330,
        titleFontWeight="normal",
        offset=-FOOT + 4,
    )
    across = alt.X("low:Q", axis=axis, scale=alt.Scale(zero=True, nice=True))
    shown = tips(words, "name", "range", "mean")
    return [
        alt.Chart(data)
        .mark_text(align="left", baseline="top", fontSize=13, color=palette["ink"])
        .encode(x=alt.value(0), y=downwards("top", height), text="text:N"),
        alt.Chart(data)
        .mark_rule(strokeWidth=5, opacity=0.5, color=palette["brand"])
        .encode(x=across, x2="high:Q", y=downwards("y", height), tooltip=shown),
        alt.Chart(data)
        .mark_circle(size=90, opacity=1, color=palette["brand"])
        .encode(x="middle:Q", y=downwards("y", height), tooltip=shown),
    ]
