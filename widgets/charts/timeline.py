"""Messages and events on one time axis: what staff will have heard when they see something.

One line a moment, in the order of time. A circle is a message, a square an event, a triangle with
the word an event that somebody sees before anything was said; the days before it are shaded.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.timeline import TimelineEntry, TimelineText, timeline_summary
from widgets.cards import Payload
from widgets.charts.look import LINE_HEIGHT, Palette, Spec, Style, palettes, to_spec

if TYPE_CHECKING:
    import altair as alt

TEXT_LINES = 4
TRACK = LINE_HEIGHT * TEXT_LINES + 12
ROW_HEIGHT = TRACK + 16
"""Sizes in px: the words of a moment, and below them its place in time."""

MARGIN = timedelta(4)
"""Room before the first moment and after the last, so that no shape is cut."""

LOOKS = {
    "message": ("circle", "brand"),
    "event": ("square", "ink"),
    "silence": ("triangle-up", "warn"),
}
"""Shape and colour of each kind of moment; the word stands beside it."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows: without a single moment on a day, nothing."""
    told = TimelineText(sheet, worksheet, assessment.today, framework)
    return {
        "spec": timeline_chart(told, palettes()["page"]),
        "title": framework.words.text("timeline.title"),
        "summary": timeline_summary(told),
        "words": framework.words.group("timeline"),
    }


def timeline_chart(told: TimelineText, palette: Palette) -> Spec | None:
    """Moments on a common time axis as Vega-Lite; None while nothing has a day."""
    if not told.lines:
        return None
    import altair as alt

    layers = alt.layer(*_layers(told, palette)).resolve_scale(y="shared")
    summary = " ".join(timeline_summary(told))
    return to_spec(layers, ROW_HEIGHT * len(told.lines), summary)


def _mark(line: TimelineEntry, told: TimelineText, palette: Palette) -> dict[str, Any]:
    """A moment as a row of data; nothing that somebody typed reaches an expression."""
    shape, colour = LOOKS[line.kind]
    who = told.words.text(f"timeline.{'to' if line.kind == 'message' else 'seen'}", who=line.who)
    return {
        "row": line.key,
        "kind": line.kind,
        "day": line.moment.day.isoformat(),
        "since": (line.moment.day - timedelta(told.days)).isoformat(),
        "head": told.words.text(f"timeline.head_{line.kind}", day=line.day),
        "what": line.what,
        "who": who,
        "left_out": told.words.text("timeline.left_out", who=line.left_out),
        "shape": shape,
        "colour": palette[colour],
    }


def _layers(told: TimelineText, palette: Palette) -> list[alt.Chart]:
    """Words above, the moment's place in time below them, on one axis for all."""
    import altair as alt

    values = [_mark(line, told, palette) for line in told.lines]
    marks = alt.Chart(alt.Data(values=values))
    silent = marks.transform_filter("datum.kind === 'silence'")
    day = _time_axis(told, palette)
    row = alt.Y(
        "row:N", axis=None, scale=alt.Scale(domain=[one["row"] for one in values], padding=0)
    )
    top = row.bandPosition(0)
    tip = [
        alt.Tooltip(f"{field}:N", title=told.words.text(f"timeline.tip_{field}"))
        for field in ("head", "what", "who")
    ]
    colour = alt.Color("colour:N", scale=None)
    text: Style = {
        "align": "left",
        "baseline": "top",
        "fontSize": 12,
        "limit": alt.ExprRef("width - 2"),
    }
    at: Style = {"x": alt.value(0), "y": top}

    def words(field: str, line: int, chart: alt.Chart = marks, **style: Any) -> alt.Chart:
        placed = chart.mark_text(**text, dy=4 + LINE_HEIGHT * line, **style)
        encoded: alt.Chart = placed.encode(**at, text=f"{field}:N", tooltip=tip)
        return encoded

    return [
        marks.mark_rule(stroke=palette["line"]).encode(y=top),
        silent.mark_rule(stroke=palette["warn-wash"], strokeWidth=12, yOffset=TRACK).encode(
            x=_day(), x2="since:T", y=top
        ),
        *_today(told, palette),
        words("head", 0, fontWeight=600).encode(color=colour),
        words("what", 1, color=palette["ink"]),
        words("who", 2, color=palette["soft"]),
        words("left_out", 3, silent, color=palette["warn"]),
        marks.mark_point(size=110, opacity=1, filled=True, yOffset=TRACK).encode(
            x=day, y=top, tooltip=tip, color=colour, shape=alt.Shape("shape:N", scale=None)
        ),
    ]


def _day() -> alt.X:
    """A day on the axis that one layer describes for all."""
    import altair as alt

    return alt.X("day:T", scale=alt.Scale(type="utc"))


def _time_axis(told: TimelineText, palette: Palette) -> alt.X:
    """Days in UTC, in which a date is the same day everywhere."""
    import altair as alt

    days = [line.moment.day for line in told.lines]
    since = [line.moment.day - timedelta(told.days) for line in told.lines if line.left_out]
    ends = (min([*days, *since]) - MARGIN, max(days) + MARGIN)
    domain = [alt.DateTime(year=d.year, month=d.month, date=d.day, utc=True) for d in ends]
    axis = alt.Axis(
        orient="top",
        title=None,
        format="%-d %b",
        tickCount=4,
        gridOpacity=0.6,
        labelColor=palette["soft"],
        gridColor=palette["line"],
        domainColor=palette["line"],
        tickColor=palette["line"],
        labelOverlap=True,
    )
    return alt.X("day:T", axis=axis, scale=alt.Scale(type="utc", domain=domain))


def _today(told: TimelineText, palette: Palette) -> list[alt.Chart]:
    """A line at today, where it lies between the first moment and the last."""
    import altair as alt

    days = [line.moment.day for line in told.lines]
    if not min(days) <= told.today <= max(days):
        return []
    values = [{"day": told.today.isoformat(), "text": told.words.text("timeline.today")}]
    here = alt.Chart(alt.Data(values=values))
    return [
        here.mark_rule(stroke=palette["soft"], strokeDash=[4, 3]).encode(x=_day()),
        here.mark_text(
            fontSize=12, align="left", dx=4, baseline="bottom", color=palette["soft"]
        ).encode(x=_day(), y=alt.value(ROW_HEIGHT * len(told.lines)), text="text:N"),
    ]
