"""Where work stands today and where it should lead: a bar over the gap, respect by respect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.zoom_out.shifts import Respect, respects, shifts_summary
from widgets.cards import Payload
from widgets.charts.look import Palette, Spec, Style, palettes, to_spec

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT = 48
HEAD = 40
TRACK = 30
"""Sizes in px: a respect, what stands above the first, and where in it the bar runs."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows of a sheet's paired scales; before one is placed, nothing."""
    words = framework.words.group("shifts_chart")
    placed = respects(sheet, worksheet, words)
    summary = shifts_summary(placed, framework)
    return {
        "spec": shifts_chart(placed, words, summary, palettes()["page"]) if placed else None,
        "title": words["title"],
        "summary": summary,
        "words": words,
    }


def shifts_chart(
    placed: Sequence[Respect], words: Mapping[str, str], summary: Sequence[str], palette: Palette
) -> Spec:
    """A track a respect: a ring for today, a disc for what is wanted, a bar between them.

    The bar turns to the colour of a warning where less is wanted than there is.
    """
    import altair as alt

    layers = alt.layer(*_layers(placed, words, palette))
    return to_spec(layers, ROW_HEIGHT * len(placed), " ".join(summary))


def _rows(placed: Sequence[Respect], palette: Palette) -> list[dict[str, Any]]:
    """One row of data a respect, drawn from the left to the right."""
    rows = []
    for one in placed:
        ends = [one.wanted] if one.now is None else [one.now, one.wanted]
        back = one.wanted < max(ends)
        row: dict[str, Any] = {"row": one.id, "name": one.name}
        row |= {"now": one.now, "wanted": one.wanted, "low": min(ends), "high": max(ends)}
        row |= {"today": one.told(one.now), "aim": one.told(one.wanted)}
        rows.append(row | {"colour": palette["warn" if back else "brand"]})
    return rows


def _points(placed: Sequence[Respect]) -> list[dict[str, Any]]:
    """The points of each scale, as dots along its track."""
    return [{"row": one.id, "point": point} for one in placed for point in range(len(one.labels))]


def _layers(
    placed: Sequence[Respect], words: Mapping[str, str], palette: Palette
) -> list[alt.Chart]:
    import altair as alt

    rows = alt.Chart(alt.Data(values=_rows(placed, palette)))
    last = max(len(one.labels) for one in placed) - 1
    across = alt.Scale(domain=[0, last], padding=12)
    low, now, wanted, point = (
        alt.X(f"{field}:Q", axis=None, scale=across) for field in ("low", "now", "wanted", "point")
    )
    order = alt.Scale(domain=[one.id for one in placed], padding=0)
    y = alt.Y("row:N", axis=None, scale=order).bandPosition(0)
    colour = alt.Color("colour:N", scale=None)
    tips = [
        alt.Tooltip(f"{field}:N", title=words[word])
        for field, word in (("name", "tip_name"), ("today", "today"), ("aim", "wanted"))
    ]
    on_track: Style = {"yOffset": TRACK, "opacity": 1, "strokeWidth": 2, "shape": "circle"}
    name: Style = {
        "align": "left",
        "baseline": "top",
        "dy": 4,
        "fontSize": 13,
        "color": palette["ink"],
    }
    return [
        *_head(words, palette),
        rows.mark_text(**name).encode(x=alt.value(0), y=y, text="name:N"),
        alt.Chart(alt.Data(values=_points(placed)))
        .mark_point(size=12, filled=True, color=palette["soft"], **on_track)
        .encode(x=point, y=y),
        rows.mark_rule(strokeWidth=6, opacity=0.45, yOffset=TRACK, y2Offset=TRACK).encode(
            x=low, x2="high:Q", y=y, color=colour
        ),
        rows.transform_filter("isValid(datum.now)")
        .mark_point(size=190, fill=palette["card"], **on_track)
        .encode(x=now, y=y, stroke=alt.Stroke("colour:N", scale=None), tooltip=tips),
        rows.mark_point(size=70, filled=True, **on_track).encode(
            x=wanted, y=y, color=colour, tooltip=tips
        ),
    ]


def _head(words: Mapping[str, str], palette: Palette) -> list[alt.Chart]:
    """The two ends of every track, and what ring and disc mean."""
    import altair as alt

    text: Style = {"baseline": "top", "fontSize": 12, "color": palette["soft"]}
    legend = f"○ {words['today']} · ● {words['wanted']}"
    left, right = Style(align="left"), Style(align="right")
    said = ((words["low"], left, "0"), (words["high"], right, "width"))
    ends = [
        alt.Chart(alt.Data(values=[{"text": end}]))
        .mark_text(**text, **align)
        .encode(x=alt.value(alt.ExprRef(place)), y=alt.value(-HEAD / 2), text="text:N")
        for end, align, place in said
    ]
    key = alt.Chart(alt.Data(values=[{"text": legend}])).mark_text(align="left", **text)
    return [key.encode(x=alt.value(0), y=alt.value(-HEAD), text="text:N"), *ends]
