"""Candidates side by side as a picture: a shape, a colour and a word in each cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report import comparison
from playbook.report.comparison import ComparisonCell, ComparisonRow
from widgets.cards import Payload
from widgets.charts.look import (
    CHARACTER_WIDTH,
    LINE_HEIGHT,
    PHONE_WIDTH,
    Palette,
    Spec,
    Style,
    cut,
    folded,
    palettes,
    tips,
    to_spec,
)

if TYPE_CHECKING:
    import altair as alt

NAME_HEIGHT = 30
SHAPE_HEIGHT = 26
SPACE = 10
"""Sizes in px."""

NAME_LENGTH = 120
"""Characters of a name; the picture cuts it to its width as well."""

VERDICT = "_verdict"
"""The last column; no question has such an id."""

SHAPES = {
    "pass": "circle",
    "warn": "triangle-up",
    "fail": "square",
    "unknown": "circle",
    "info": "diamond",
}
HOLLOW = ("unknown", "info")


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows of a sheet's candidates; without two of them, nothing but words."""
    words = framework.words.group("chart")
    return {
        "spec": candidates_chart(sheet, worksheet, assessment, framework, palettes()["page"]),
        "title": words["title"],
        "summary": candidates_summary(sheet, worksheet, assessment, framework),
        "words": words,
    }


def candidates_summary(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[str]:
    """The picture in sentences: who comes first, then each candidate with its answers."""
    lines = comparison(sheet, worksheet, assessment, framework)
    if not lines:
        return []
    words = framework.words
    first = next((line for line in lines if line.leads), lines[0])
    key = "chart.first_chosen" if first.chosen else "chart.first"
    return [
        words.text(key, count=len(lines), name=first.name, word=first.word),
        *(
            words.text("chart.line", name=line.name, word=line.word, cells=_cells(line, framework))
            for line in lines
        ),
    ]


def _cells(line: ComparisonRow, framework: Framework) -> str:
    return "; ".join(_cell_text(cell, framework) for cell in line.cells)


def _cell_text(cell: ComparisonCell, framework: Framework) -> str:
    key = "chart.cell_plain" if cell.level == "info" else "chart.cell"
    return framework.words.text(key, heading=cell.heading, answer=cell.answer, word=cell.word)


def candidates_chart(
    sheet: Sheet,
    worksheet: Worksheet,
    assessment: Assessment,
    framework: Framework,
    palette: Palette,
) -> Spec | None:
    """Candidates × compared questions as Vega-Lite: a shape, a colour and a word in each cell.

    None until two candidates say something. Long names are cut in the picture and whole in the
    tooltip; the description says everything in sentences.
    """
    lines = comparison(sheet, worksheet, assessment, framework)
    if not lines:
        return None
    grid = _Grid(lines, framework.words.group("chart"), palette)
    summary = " ".join(candidates_summary(sheet, worksheet, assessment, framework))
    import altair as alt

    layers = alt.layer(*_layers(grid, palette))
    return to_spec(layers, grid.row_height * len(grid.rows), summary)


class _Grid:
    """What is drawn, as rows of data: names, headings and marks with their colours."""

    def __init__(
        self, lines: Sequence[ComparisonRow], words: Mapping[str, str], palette: Palette
    ) -> None:
        self.words, self._palette = words, palette
        self.rows = [line.row for line in lines]
        self.columns = [cell.column for cell in lines[0].cells] + [VERDICT]
        self._fits = int(PHONE_WIDTH / len(self.columns) / CHARACTER_WIDTH)
        self.names = [self._name(line) for line in lines]
        self.headings = [self._heading(cell.column, cell.heading) for cell in lines[0].cells]
        self.headings.append(self._heading(VERDICT, words["verdict"]))
        self.marks = [mark for line in lines for mark in self._marks(line)]

    @property
    def heading_height(self) -> int:
        """In px, room for the longest heading."""
        return LINE_HEIGHT * _most_lines(self.headings) + SPACE

    @property
    def row_height(self) -> int:
        """In px, room for a name, a shape and the longest answer."""
        return NAME_HEIGHT + SHAPE_HEIGHT + LINE_HEIGHT * _most_lines(self.marks)

    def _name(self, line: ComparisonRow) -> dict[str, Any]:
        key = "chosen" if line.chosen else "leads" if line.leads else "other"
        shown = self.words[key].format(name=cut(line.name, NAME_LENGTH))
        return {"row": line.row, "name": line.name, "text": shown, "leads": line.leads}

    def _heading(self, column: str, heading: str) -> dict[str, Any]:
        return {"column": column, "text": folded(heading, self._fits)}

    def _marks(self, line: ComparisonRow) -> Iterator[dict[str, Any]]:
        for cell in line.cells:
            told = {"heading": cell.heading, "answer": cell.answer, "weighs": cell.word}
            yield self._mark(line, cell.column, cell.level, cell.answer, "ink") | told
        told = {"heading": self.words["verdict"], "answer": line.word, "weighs": line.word}
        yield self._mark(line, VERDICT, line.level, line.word, line.level) | told

    def _mark(
        self, line: ComparisonRow, column: str, level: str, text: str, ink: str
    ) -> dict[str, Any]:
        colour = self._palette["soft" if level == "info" else level]
        return {
            "row": line.row,
            "name": line.name,
            "column": column,
            "shape": SHAPES[level],
            "stroke": colour,
            "fill": "transparent" if level in HOLLOW else colour,
            "text": folded(text, self._fits - 2),
            "ink": self._palette[ink],
        }


def _most_lines(rows: Iterable[Mapping[str, Any]]) -> int:
    return max(str(row["text"]).count("\n") + 1 for row in rows)


def _layers(grid: _Grid, palette: Palette) -> list[alt.Chart]:
    """Under each name a row of shapes with their words; the candidate that leads on a wash."""
    import altair as alt

    column = alt.X("column:N", axis=None, scale=alt.Scale(domain=grid.columns))
    row = alt.Y("row:N", axis=None, scale=alt.Scale(domain=grid.rows, padding=0))
    top, above = row.bandPosition(0), alt.value(-grid.heading_height)
    names, headings, marks = (
        alt.Chart(alt.Data(values=values)) for values in (grid.names, grid.headings, grid.marks)
    )
    share = f"width / {len(grid.columns)}"
    text: Style = {"baseline": "top", "lineBreak": "\n", "lineHeight": LINE_HEIGHT}
    heading: Style = text | {"fontSize": 12, "limit": alt.ExprRef(f"{share} - 1")}
    answer: Style = text | {"fontSize": 12, "limit": alt.ExprRef(f"{share} - 1")}
    name: Style = text | {"fontSize": 13, "limit": alt.ExprRef("width - 12"), "fontWeight": 600}
    below_name: Style = {"yOffset": NAME_HEIGHT + SHAPE_HEIGHT / 3}
    looks: Style = {"shape": alt.Shape, "stroke": alt.Stroke, "fill": alt.Fill}
    told = tips(grid.words, "name", "heading", "answer", "weighs")
    return [
        names.transform_filter("datum.leads").mark_rect(fill=palette["wash"]).encode(y=row),
        names.mark_rule(stroke=palette["line"]).encode(y=top),
        headings.mark_text(**heading, color=palette["soft"]).encode(
            x=column, y=above, text="text:N"
        ),
        names.mark_text(**name, align="left", dx=6, dy=8, color=palette["ink"]).encode(
            x=alt.value(0), y=top, text="text:N", tooltip=tips(grid.words, "name")
        ),
        marks.mark_point(size=110, strokeWidth=2, opacity=1, **below_name).encode(
            x=column,
            y=top,
            tooltip=told,
            **{look: channel(f"{look}:N", scale=None) for look, channel in looks.items()},
        ),
        marks.mark_text(**answer, **below_name, dy=11).encode(
            x=column, y=top, text="text:N", color=alt.Color("ink:N", scale=None)
        ),
    ]
