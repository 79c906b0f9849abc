"""Hours of each person before and after: what they keep, what they take over, what is free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from playbook.analysis.capacity import Share
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.capacity.hours import FLOOR, HoursPlan, hours_plan, people_named, shares
from playbook.report.capacity.hours import summary as summary_of
from playbook.report.capacity.hours import table as table_of
from playbook.worksheet.figures import figure, whole_percent
from widgets.cards import Payload
from widgets.charts.look import (
    CHARACTER_WIDTH,
    Palette,
    Spec,
    downwards,
    folded,
    layered,
    palettes,
    picture,
)
from widgets.charts.look import tips as tips_of

if TYPE_CHECKING:
    import altair as alt

NAME_HEIGHT, NAME_LINE, BAR_HEIGHT, BAR_GAP, ROW_GAP, HEAD = 4, 16, 14, 3, 12, 56
LEGEND_GAP, LEGEND_LINE = 22, 16
"""Sizes in px."""

MOST_ROWS = 24
"""Rows of persons that are drawn; the table has all of them."""

NAME_LENGTH = 30
"""Characters of a line of a name, bold, on the narrowest phone; a name has two lines."""

FULL = 1.0


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows of the plan; while there is none, nothing."""
    words = framework.words.group("hours")
    plan = hours_plan(sheet, worksheet, assessment, framework)
    summary = summary_of(plan, framework) if plan else []
    drawn = hours_chart(plan, framework, summary, palettes()["page"]) if plan else None
    told = table_of(plan, framework) if plan else None
    return picture(words, summary, drawn) | {"table": told}


def hours_chart(
    plan: HoursPlan, framework: Framework, summary: Sequence[str], palette: Palette
) -> Spec:
    """Two bars for each row of persons, as shares of their own contracted hours."""
    grid = _Grid(plan, framework, palette)
    return layered(_layers(grid, palette), grid.height, summary)


class _Grid:
    """What is drawn, as rows of data: `y` in px from the top, `start` and `end` as shares."""

    def __init__(self, plan: HoursPlan, framework: Framework, palette: Palette) -> None:
        self.words = framework.words.group("hours")
        self._say, self._palette = framework.words.text, palette
        self.names: list[dict[str, Any]] = []
        self.bars: list[dict[str, Any]] = []
        self.labels: list[dict[str, Any]] = []
        y = HEAD
        drawn = shares(plan)[:MOST_ROWS]
        for share in drawn:
            name = people_named(plan, share, framework)
            text = folded(name, NAME_LENGTH)
            self.names.append({"y": y, "name": name, "text": text})
            y += NAME_HEIGHT + NAME_LINE * len(text.splitlines())
            self.bars += self._bars(share, name, y)
            if share.freed:
                at = {"y": y + BAR_HEIGHT + BAR_GAP, "x": share.after / share.contract}
                self.labels.append(at | {"text": self._say("hours.label", free=_free(share))})
            y += 2 * BAR_HEIGHT + BAR_GAP + ROW_GAP
        self.height = y
        self.most = max([FULL, *(bar["end"] for bar in self.bars)])
        self.keep = 1 - framework.threshold_values[FLOOR]
        self.lines = [
            {"x": self.keep, "text": self._say("hours.floor", share=whole_percent(self.keep))},
            {"x": FULL, "text": self._say("hours.full")},
        ]

    def _bars(self, share: Share, name: str, y: int) -> Iterator[dict[str, Any]]:
        kept, taken = (sum(hours for _, hours in part) for part in (share.keeps, share.takes))
        colours = self._palette
        below = y + BAR_HEIGHT + BAR_GAP
        for at, kind, start, hours, fill in (
            (y, "today", 0.0, share.today, "transparent"),
            (below, "keeps", 0.0, kept, colours["brand"]),
            (below, "takes", kept, taken, colours["soft"]),
        ):
            if hours:
                yield {
                    "y": at,
                    "y2": at + BAR_HEIGHT,
                    "start": start / share.contract,
                    "end": (start + hours) / share.contract,
                    "fill": fill,
                    "stroke": colours["soft"] if kind == "today" else fill,
                    "name": name,
                    "what": self.words[f"bar.{kind}"],
                    "hours": figure(hours),
                    "free": _free(share),
                }


def _free(share: Share) -> str:
    return whole_percent(max(share.free, 0.0))


def _layers(grid: _Grid, palette: Palette) -> list[alt.Chart]:
    import altair as alt

    def shares_of(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, grid.most], nice=False))

    y = downwards("y", grid.height)
    names, bars, lines, labels = (
        alt.Chart(alt.Data(values=values))
        for values in (grid.names, grid.bars, grid.lines, grid.labels)
    )
    left = alt.value(0)
    return [
        *_legend(grid, palette),
        lines.mark_rule(stroke=palette["line"], strokeDash=[4, 3], strokeWidth=1.5).encode(
            x=shares_of("x"), y=alt.value(HEAD - 4), y2=alt.value("height")
        ),
        lines.mark_text(fontSize=12, color=palette["soft"], baseline="top", dx=-2).encode(
            x=shares_of("x"),
            y=alt.value(HEAD - 20),
            text="text:N",
        ),
        names.mark_text(
            fontSize=13,
            fontWeight=600,
            lineHeight=NAME_LINE,
            lineBreak="\n",
            align="left",
            baseline="top",
            color=palette["ink"],
        ).encode(x=left, y=y, text="text:N", tooltip=tips_of(grid.words, "name")),
        bars.mark_rect(strokeWidth=1.5).encode(
            x=shares_of("start"),
            x2="end:Q",
            y=y,
            y2="y2:Q",
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            tooltip=tips_of(grid.words, "name", "what", "hours", "free"),
        ),
        labels.mark_text(
            fontSize=12, align="left", baseline="top", dx=6, dy=1, color=palette["ink"]
        ).encode(x=shares_of("x"), y=y, text="text:N"),
    ]


def _legend(grid: _Grid, palette: Palette) -> Iterator[alt.Chart]:
    """What the bars are, each in its own colour."""
    import altair as alt

    at, line = 0.0, 0
    for name, mark, colour in (
        ("today", "□", "soft"),
        ("keeps", "■", "brand"),
        ("takes", "■", "soft"),
    ):
        if name == "takes":  # three beside each other are wider than a small phone
            at, line = 0.0, LEGEND_LINE
        text = f"{mark} {grid.words[f'bar.{name}']}"
        yield (
            alt.Chart(alt.Data(values=[{"text": text}]))
            .mark_text(align="left", baseline="top", fontSize=12, color=palette[colour])
            .encode(x=alt.value(at), y=alt.value(line), text="text:N")
        )
        at += len(text) * CHARACTER_WIDTH + LEGEND_GAP
