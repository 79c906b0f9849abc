"""Pictures: pure functions from results to Vega-Lite, and the one Chart widget that draws them.

altair takes a second to import, so it is imported where a picture is made and nowhere else; the
widget makes one only when a page asks for it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report import comparison
from playbook.report.comparison import Cell, Line
from playbook.resources import look_dir, vega_bundle
from widgets import assets
from widgets.cards import Card, Payload

if TYPE_CHECKING:
    import altair as alt

Spec = dict[str, Any]
Palette = Mapping[str, str]
"""Colours by token name ("ink", "warn-wash")."""

PHONE_WIDTH = 340
CHARACTER_WIDTH = 5.5
LINE_HEIGHT = 14
NAME_HEIGHT = 30
SHAPE_HEIGHT = 26
SPACE = 10
"""Sizes in px; a character's width is the average of 12 px text."""

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

_FONT = re.compile(r"--font:\s*([^;]+);")
_TOKEN = re.compile(r"--([\w-]+):\s*light-dark\(\s*(#\w+)\s*,\s*(#\w+)\s*\)")


def _tokens() -> str:
    return (look_dir() / "tokens.css").read_text(encoding="utf-8")


@cache
def palettes() -> dict[str, Palette]:
    """The look's colours by token name, read from its style sheet.

    "light" and "dark" hold values, for files. "page" holds references that a page resolves, so
    that a picture on screen turns dark, or light for paper, without being drawn again.
    """
    tokens = _TOKEN.findall(_tokens())
    return {
        "light": {name: light for name, light, _ in tokens},
        "dark": {name: dark for name, _, dark in tokens},
        "page": {name: f"var(--{name})" for name, _, _ in tokens},
    }


# --------------------------------------------------------------------------- candidates


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
        words.say(key, count=len(lines), name=first.name, word=first.word),
        *(
            words.say("chart.line", name=line.name, word=line.word, cells=_cells(line, framework))
            for line in lines
        ),
    ]


def _cells(line: Line, framework: Framework) -> str:
    return "; ".join(_cell_text(cell, framework) for cell in line.cells)


def _cell_text(cell: Cell, framework: Framework) -> str:
    key = "chart.cell_plain" if cell.level == "info" else "chart.cell"
    return framework.words.say(key, heading=cell.heading, answer=cell.answer, word=cell.word)


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
    return _spec(_layers(grid, palette), grid, summary)


class _Grid:
    """What is drawn, as rows of data: names, headings and marks with their colours."""

    def __init__(self, lines: Sequence[Line], words: Mapping[str, str], palette: Palette) -> None:
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

    def _name(self, line: Line) -> dict[str, Any]:
        key = "chosen" if line.chosen else "leads" if line.leads else "other"
        shown = self.words[key].format(name=_cut(line.name, NAME_LENGTH))
        return {"row": line.row, "name": line.name, "text": shown, "leads": line.leads}

    def _heading(self, column: str, heading: str) -> dict[str, Any]:
        return {"column": column, "text": _folded(heading, self._fits)}

    def _marks(self, line: Line) -> Iterator[dict[str, Any]]:
        for cell in line.cells:
            told = {"heading": cell.heading, "answer": cell.answer, "weighs": cell.word}
            yield self._mark(line, cell.column, cell.level, cell.answer, "ink") | told
        told = {"heading": self.words["verdict"], "answer": line.word, "weighs": line.word}
        yield self._mark(line, VERDICT, line.level, line.word, line.level) | told

    def _mark(self, line: Line, column: str, level: str, text: str, ink: str) -> dict[str, Any]:
        colour = self._palette["soft" if level == "info" else level]
        return {
            "row": line.row,
            "name": line.name,
            "column": column,
            "shape": SHAPES[level],
            "stroke": colour,
            "fill": "transparent" if level in HOLLOW else colour,
            "text": _folded(text, self._fits - 2),
            "ink": self._palette[ink],
        }


def _most_lines(rows: Iterable[Mapping[str, Any]]) -> int:
    return max(str(row["text"]).count("\n") + 1 for row in rows)


def _folded(text: str, width: int) -> str:
    """`text` in at most two lines of about `width` characters."""
    lines = textwrap.wrap(
        _cut(text, 2 * width), width, break_long_words=False, max_lines=2, placeholder="…"
    )
    return "\n".join(lines)


def _cut(text: str, length: int) -> str:
    """`text` on one line, shortened with an ellipsis to `length` characters."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


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
    text = {"baseline": "top", "lineBreak": "\n", "lineHeight": LINE_HEIGHT}
    heading = text | {"fontSize": 11, "limit": alt.ExprRef(f"{share} + 6")}
    answer = text | {"fontSize": 12, "limit": alt.ExprRef(f"{share} - 1")}
    name = text | {"fontSize": 13, "limit": alt.ExprRef("width - 12"), "fontWeight": 600}
    below_name = {"yOffset": NAME_HEIGHT + SHAPE_HEIGHT / 3}
    looks = {"shape": alt.Shape, "stroke": alt.Stroke, "fill": alt.Fill}
    told = _tips(grid.words, "name", "heading", "answer", "weighs")
    return [
        names.transform_filter("datum.leads").mark_rect(fill=palette["wash"]).encode(y=row),
        names.mark_rule(stroke=palette["line"]).encode(y=top),
        headings.mark_text(**heading, color=palette["soft"]).encode(
            x=column, y=above, text="text:N"
        ),
        names.mark_text(**name, align="left", dx=6, dy=8, color=palette["ink"]).encode(
            x=alt.value(0), y=top, text="text:N", tooltip=_tips(grid.words, "name")
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


def _spec(layers: list[alt.Chart], grid: _Grid, summary: str) -> Spec:
    """The layers as one specification, the same whatever theme somebody has switched on."""
    import altair as alt

    chart = (
        alt.layer(*layers)
        .properties(
            width="container",
            height=grid.row_height * len(grid.rows),
            padding=0,
            background="transparent",
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            description=summary,
            usermeta={"embedOptions": {"actions": False, "renderer": "svg"}},
        )
        .configure(font=_font())
        .configure_view(stroke=None)
    )
    with alt.theme.enable("none"):
        return chart.to_dict(validate=False)  # a test holds it against the schema


@cache
def _font() -> str:
    """The look's font by name: what isn't resolved yet can't be measured."""
    found = _FONT.search(_tokens())
    return found[1] if found else "sans-serif"


def _tips(words: Mapping[str, str], *fields: str) -> list[alt.Tooltip]:
    import altair as alt

    return [alt.Tooltip(f"{field}:N", title=words[f"tip_{field}"]) for field in fields]


# --------------------------------------------------------------------------- the widget


class Chart(Card):
    """Draws one picture. The page asks for it once it is in sight; until then nothing is made.

    From the page: draw (make the picture now), bundle (send the script that draws, once a page).
    """

    _esm = assets.esm("chart/chart.js")
    _css = assets.css("chart/chart.css")

    def __init__(self) -> None:
        super().__init__()
        self._make: Callable[[], Payload] | None = None

    def show_later(self, make: Callable[[], Payload]) -> None:
        """Tell the page that there is something (new) to draw; `make` runs when it asks."""
        self._make = make
        self.send({"type": "later"})

    def receive(self, message: Mapping[str, Any]) -> None:
        kind = message.get("type")
        if kind == "bundle":
            self.send({"type": "bundle"}, buffers=[vega_bundle().read_bytes()])
        elif kind == "draw" and self._make:
            self.show(self._make())
        elif kind == "ready" and self._make:
            self.send({"type": "later"})
        else:
            super().receive(message)
