"""How often the group paused in the last four weeks, by the four moments: a dot a pause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Choice, Sheet, Worksheet
from playbook.report.practices.moments import in_words, moments, pauses
from widgets.cards import Payload
from widgets.charts.look import Palette, Spec, Style, layered, palettes, picture, tips

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT, DOT_AT = 46, 30
LEAST_PLACES = 10
"""A row has room for at least so many dots, so that a single one doesn't fill it."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows of the pauses; while none was noted, nothing."""
    words = framework.words.group("moments_chart")
    found = pauses(sheet, worksheet, assessment.today) if assessment.today else {}
    summary = in_words(sheet, worksheet, assessment, framework)
    page = palettes()["page"]
    spec = moments_chart(moments(sheet), found, words, summary, page) if found else None
    return picture(words, summary, spec)


def moments_chart(
    order: Sequence[Choice],
    found: Mapping[str, int],
    words: Mapping[str, str],
    summary: Sequence[str],
    palette: Palette,
) -> Spec:
    """A row a moment with its name, a dot a pause; a ring where there was none."""
    return layered(_layers(order, found, words, palette), ROW_HEIGHT * len(order), summary)


def dots(order: Sequence[Choice], found: Mapping[str, int]) -> list[dict[str, Any]]:
    """A row of data a pause; of a moment without one, an empty dot."""
    return [
        {"row": one.id, "place": place, "full": bool(found[one.id])}
        | {"moment": one.label, "count": found[one.id]}
        for one in order
        for place in range(max(1, found[one.id]))
    ]


def _layers(
    order: Sequence[Choice],
    found: Mapping[str, int],
    words: Mapping[str, str],
    palette: Palette,
) -> list[alt.Chart]:
    import altair as alt

    places = max(LEAST_PLACES, *found.values())
    y = alt.Y("row:N", axis=None, scale=alt.Scale(domain=[one.id for one in order], padding=0))
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[-0.4, places], nice=False))
    heads = [{"row": one.id, "text": f"{one.label}: {found[one.id]}"} for one in order]
    text: Style = {"align": "left", "baseline": "top", "fontSize": 13}
    return [
        alt.Chart(alt.Data(values=heads))
        .mark_text(**text, dy=4, color=palette["ink"])
        .encode(x=alt.value(0), y=y.bandPosition(0), text="text:N"),
        alt.Chart(alt.Data(values=dots(order, found)))
        .mark_circle(size=130, opacity=1, yOffset=DOT_AT, stroke=palette["brand"], strokeWidth=2)
        .encode(
            x=x,
            y=y.bandPosition(0),
            fill=alt.condition("datum.full", alt.value(palette["brand"]), alt.value("transparent")),
            tooltip=tips(words, "moment", "count"),
        ),
    ]
