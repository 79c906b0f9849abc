"""What speaks for and against each place to begin: arrows by factor, told apart, never added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.entry_point.factors import EFFECTS, PlaceFactors, factors_summary, places
from widgets.cards import Payload
from widgets.charts.look import (
    CHARACTER_WIDTH,
    PHONE_WIDTH,
    Palette,
    Spec,
    Style,
    cut,
    downwards,
    layered,
    palettes,
    picture,
    tips,
)

if TYPE_CHECKING:
    import altair as alt

COLUMN_AT = {effect: 0.5 + place * 0.14 for place, effect in enumerate(EFFECTS)}
"""Where a column stands, as a share of the width; what is left of the first is for names."""

NAME_HEIGHT, LINE_HEIGHT, GAP, LEGEND, STEP, HEAD = 26, 24, 10, 18, 14, 54
APART = 0.028
"""Sizes in px: every second column's head stands a STEP lower, so that none is cut on a phone. Half
of the distance, as a share of the width, between + and - of one effect."""

NAME_LENGTH = 120


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows of the places' arrows; while there is none, nothing."""
    words = framework.words.group("factors")
    found = places(sheet, worksheet, assessment, framework)
    summary = factors_summary(found, framework)
    drawn = factors_chart(found, words, summary, palettes()["page"]) if found else None
    return picture(words, summary, drawn)


# --------------------------------------------------------------------------- the picture


def factors_chart(
    found: Sequence[PlaceFactors],
    words: Mapping[str, str],
    summary: Sequence[str],
    palette: Palette,
) -> Spec:
    """Under each place a line for each factor; up is more, down is less, full speaks for it."""
    grid = _Grid(found, words, palette)
    return layered(_layers(grid, palette), grid.height, summary)


class _Grid:
    """What is drawn, as rows of data; `y` in px from the top, `x` as a share of the width."""

    def __init__(
        self, found: Sequence[PlaceFactors], words: Mapping[str, str], palette: Palette
    ) -> None:
        self.words, self._palette = words, palette
        self.names: list[dict[str, Any]] = []
        self.labels: list[dict[str, Any]] = []
        self.marks: list[dict[str, Any]] = []
        y = HEAD
        for place in found:
            self.names.append({"y": y, "name": place.name, "text": cut(place.name, NAME_LENGTH)})
            y += NAME_HEIGHT
            for factor in place.factors:
                self._line(place, factor, y)
                y += LINE_HEIGHT
            y += GAP
        self.height = y
        self.heads = [
            {"x": at, "y": LEGEND + number % 2 * STEP, "head": words[f"effect.{effect}"]}
            for number, (effect, at) in enumerate(COLUMN_AT.items())
        ]

    def _line(self, place: PlaceFactors, factor: str, y: int) -> None:
        name = self.words[f"name.{factor}"]
        fits = int(PHONE_WIDTH * (COLUMN_AT["success"] - 3 * APART) / CHARACTER_WIDTH)
        self.labels.append({"y": y, "factor": name, "text": cut(name, fits)})
        self.marks += self._marks(place, factor, y + LINE_HEIGHT / 2)

    def _marks(self, place: PlaceFactors, factor: str, y: float) -> Iterator[dict[str, Any]]:
        mine = [arrow for arrow in place.arrows if arrow.factor == factor]
        for arrow in mine:
            both = any(a.effect == arrow.effect and a.more != arrow.more for a in mine)
            aside = (-APART if arrow.more else APART) if both else 0
            colour = self._palette["pass" if arrow.speaks_for else "warn"]
            direction = "more" if arrow.more else "less"
            yield {
                "x": COLUMN_AT[arrow.effect] + aside,
                "y": y,
                "name": place.name,
                "factor": self.words[f"name.{factor}"],
                "moves": self.words[f"{direction}.{arrow.effect}"],
                "speaks": self.words["tip_for" if arrow.speaks_for else "tip_against"],
                "reasons": ", ".join(arrow.reasons),
                "shape": "triangle-up" if arrow.more else "triangle-down",
                "stroke": colour,
                "fill": colour if arrow.speaks_for else "transparent",
            }


def _layers(grid: _Grid, palette: Palette) -> list[alt.Chart]:
    import altair as alt

    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    y = downwards("y", grid.height)
    key = [{"y": 0, "legend": grid.words["legend"]}]
    heads, legend, names, labels, marks = (
        alt.Chart(alt.Data(values=values))
        for values in (grid.heads, key, grid.names, grid.labels, grid.marks)
    )
    looks: Style = {"shape": alt.Shape, "stroke": alt.Stroke, "fill": alt.Fill}
    left = alt.value(0)
    head: Style = {"fontSize": 12, "baseline": "top", "color": palette["soft"]}
    middle: Style = {"fontSize": 12, "baseline": "middle", "dy": LINE_HEIGHT / 2}
    return [
        heads.mark_text(**head, limit=alt.ExprRef("width * 2 / 7")).encode(x=x, y=y, text="head:N"),
        legend.mark_text(**head, align="left").encode(x=left, y=y, text="legend:N"),
        names.mark_rule(stroke=palette["line"]).encode(y=y),
        names.mark_text(
            fontSize=13,
            fontWeight=600,
            align="left",
            baseline="top",
            dy=7,
            color=palette["ink"],
            limit=alt.ExprRef("width - 4"),
        ).encode(x=left, y=y, text="text:N", tooltip=tips(grid.words, "name")),
        labels.mark_text(**middle, align="left", color=palette["ink"]).encode(
            x=left, y=y, text="text:N", tooltip=tips(grid.words, "factor")
        ),
        marks.mark_point(size=90, strokeWidth=1.8, opacity=1).encode(
            x=x,
            y=y,
            tooltip=tips(grid.words, "name", "factor", "moves", "speaks", "reasons"),
            **{look: channel(f"{look}:N", scale=None) for look, channel in looks.items()},
        ),
    ]
