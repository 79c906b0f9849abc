"""Six categories on one page: each measure's figure today between its trigger and its target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.scorecard.board import (
    BoardLine,
    board,
    category_name,
    in_words,
    line_text,
)
from playbook.worksheet.figures import figure
from widgets.cards import Payload
from widgets.charts.look import (
    CHARACTER_WIDTH,
    PHONE_WIDTH,
    Palette,
    Spec,
    cut,
    downwards,
    folded,
    layered,
    palettes,
    picture,
    tips,
)

if TYPE_CHECKING:
    import altair as alt

TITLE_HEIGHT, ROW_HEIGHT, TRACK, HEAD = 30, 46, 30, 44
"""Sizes in px."""

LETTERS = int(PHONE_WIDTH / CHARACTER_WIDTH * 0.85)
MARGIN = 0.04
"""Free at both ends of a track, as a share of it."""

MARKS = {"crossed": "▲", "reached": "●", "between": "●", "open": "○"}


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; before a measure has a name and a kind, nothing."""
    words = framework.words
    group = words.group("scorecard")
    said = in_words(sheet, worksheet, assessment, framework)
    if not said:
        return picture(group, [], None)
    titles: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    at = HEAD
    for category, measures in board(sheet, worksheet, assessment.today):
        name = category_name(category, words)
        if not measures:
            name = f"{name}: {group['no_measure']}"
        titles.append({"y": at, "text": cut(name, LETTERS)})
        at += TITLE_HEIGHT
        for it in measures:
            rows.append(_row(it, at, words))
            at += ROW_HEIGHT
    spec = _scorecard_chart(titles, rows, group, at, said, palettes()["page"])
    return picture(group, said, spec)


def _row(it: BoardLine, top: int, words: Words) -> dict[str, Any]:
    """A measure as places on its own track, 0 to 1, the worse side on the left."""
    metric = it.metric
    named = {"today": metric.latest, "target": metric.target, "trigger": metric.trigger}
    levels = {name: value for name, value in named.items() if value is not None}
    low = min(
        [*levels.values(), *([] if metric.baseline is None else [metric.baseline])], default=0
    )
    high = max(
        [*levels.values(), *([] if metric.baseline is None else [metric.baseline])], default=0
    )

    def place(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        share = share if metric.better == "up" else 1 - share
        return MARGIN + share * (1 - 2 * MARGIN)

    latest = words.text("scorecard.none")
    if metric.latest is not None:
        latest = figure(metric.latest, metric.unit)
    told = {"mark": MARKS[it.state], "name": metric.name, "latest": latest}
    row: dict[str, Any] = {
        "top": top,
        "y": top + TRACK,
        "start": 0,
        "end": 1,
        "text": cut(words.text("scorecard.brief", **told), LETTERS),
        "name": metric.name,
        "told": line_text(it, words),
        "crossed": it.state == "crossed",
    }
    return row | {name: place(value) for name, value in levels.items()}


def _scorecard_chart(
    titles: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    words: dict[str, str],
    height: int,
    said: list[str],
    palette: Palette,
) -> Spec:
    import altair as alt

    across = alt.Scale(domain=[0, 1], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=across)

    def text(values: list[dict[str, Any]], y: str, ink: str, **style: Any) -> alt.Chart:
        made: alt.Chart = (
            alt.Chart(alt.Data(values=values))
            .mark_text(align="left", baseline="top", color=palette[ink], **style)
            .encode(x=alt.value(0), y=downwards(y, height), text="text:N")
        )
        return made

    def having(field: str) -> alt.Chart:
        return alt.Chart(alt.Data(values=[row for row in rows if field in row]))

    y = downwards("y", height)
    tooltip = tips(words, "name", "told")
    key = [{"y": 0, "text": folded(words["key"], LETTERS)}]
    return layered(
        [
            text(key, "y", "soft", fontSize=12, lineBreak="\n"),
            text(titles, "y", "ink", fontSize=14, fontWeight=600),
            text(rows, "top", "ink", fontSize=13, dy=6),
            having("start")
            .mark_rule(color=palette["soft"], strokeWidth=1)
            .encode(x=x("start"), x2="end:Q", y=y, tooltip=tooltip),
            having("trigger")
            .mark_point(shape="stroke", angle=90, size=250, color=palette["ink"], strokeWidth=4)
            .encode(x=x("trigger"), y=y, tooltip=tooltip),
            having("target")
            .mark_point(shape="diamond", size=150, filled=True, color=palette["brand"])
            .encode(x=x("target"), y=y, tooltip=tooltip),
            having("today")
            .mark_circle(size=110, color=palette["ink"], opacity=1)
            .encode(x=x("today"), y=y, tooltip=tooltip),
        ],
        height,
        said,
    )
