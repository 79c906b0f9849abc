"""What a class published, as data and as a table. Pure: nothing unpublished comes in here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from playbook.model.wording import Words
from playbook.worksheet.inert import inert, text_cell

ASKED = (
    *("id", "sheet", "question", "text", "about", "about_people"),
    *("kind", "form", "unit", "choices", "before"),
)
ACTION = ("what", "owner", "due", "review")
CHART_ROWS = 16
"""Rows of a sheet that a chart takes."""
COLUMNS = ("vote", "sheet", "question", "about", "people", "answer", "count", "predicted", "note")
JsonObject = Mapping[str, Any]


def as_data(votes: Iterable[JsonObject]) -> dict[str, Any]:
    """What was asked and published of each vote (as in views.votes) that has a result."""
    return {
        "votes": [
            {name: vote[name] for name in ASKED} | {"result": vote["result"]}
            for asked in votes
            for vote in (asked, *asked["parts"])
            if vote["result"]
        ]
    }


def as_csv(results: JsonObject, words: Words) -> bytes:
    """The same as CSV in UTF-8 with a mark for spreadsheets: a line for each choice or text.

    A text that a spreadsheet would run as a formula gets an apostrophe, and its line says so. That
    holds for spreadsheets that cut at semicolons or tabs as well: quotes do not protect there.
    """
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(_head(words))
    for *cells, note in _table(results, words):
        safe = [inert(cell) if isinstance(cell, str) else cell for cell in cells]
        marked = words.text("take_away.formula") if safe != cells else ""
        table.writerow([*safe, " ".join(filter(None, (inert(note), marked)))])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(results: JsonObject, agreed: Iterable[JsonObject], words: Words) -> bytes:
    """The same as a workbook, with a chart of each vote that has counts, and what was agreed: every
    text is a cell of text, whatever it begins with."""
    from openpyxl import Workbook  # late: few classes ever take a workbook along

    book = Workbook(write_only=True)
    sheet = book.create_sheet(words.text("take_away.sheet"))
    lines = [_head(words), *_table(results, words)]
    _append(sheet, lines)
    drawn = book.create_sheet(words.text("take_away.charts"))
    charts = list(_charts(sheet, lines))
    for place, chart in enumerate(charts):
        drawn.add_chart(chart, f"A{1 + place * CHART_ROWS}")
    actions = book.create_sheet(words.text("results_file.agreed"))
    heads = [words.text(f"take_away.action.{name}") for name in ACTION]
    _append(actions, [heads, *([it[name] for name in ACTION] for it in agreed)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _append(sheet: Any, lines: Iterable[Iterable[Any]]) -> None:
    for line in lines:
        sheet.append([text_cell(sheet, it) if isinstance(it, str) else it for it in line])


def _charts(sheet: Any, lines: list[list[Any]]) -> Iterator[Any]:
    """A bar chart for each vote with counts, of the lines that stand on the sheet."""
    from openpyxl.chart import BarChart, Reference

    answer, count = COLUMNS.index("answer") + 1, COLUMNS.index("count") + 1
    numbered = enumerate(lines[1:], start=2)
    for _, run in groupby(numbered, key=lambda it: it[1][0]):
        rows = [row for row, line in run if line[count - 1] is not None]
        if not rows:
            continue
        chart = BarChart()
        chart.type, chart.legend, chart.title = "bar", None, lines[rows[0] - 1][2]
        chart.height, chart.width = CHART_ROWS / 2.2, 24
        chart.x_axis.scaling.orientation = "maxMin"  # the first choice on top
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.y_axis.scaling.min = 0
        among = {"min_row": rows[0], "max_row": rows[-1]}
        chart.add_data(Reference(sheet, min_col=count, **among), titles_from_data=False)
        chart.set_categories(Reference(sheet, min_col=answer, **among))
        yield chart


def _head(words: Words) -> list[str]:
    return [words.text(f"take_away.column.{name}") for name in COLUMNS]


def _table(results: JsonObject, words: Words) -> Iterator[list[Any]]:
    """A line for each choice or text, and for each team's decision, under COLUMNS."""
    for number, vote in enumerate(results["votes"], 1):
        head = (number, vote["sheet"], vote["text"], vote["about"], vote["result"]["respondents"])
        for line in _lines(vote, words):
            yield [*head, *line]
    votes = len(results["votes"])
    for number, decided in enumerate(results.get("decisions", ()), votes + 1):
        teams = len(decided["rows"])
        for row in decided["rows"]:
            team = words.text("take_away.team", team=row["team"])
            yield [number, "", decided["question"], "", teams, row["decision"], None, None, team]


def _learned(
    learned: JsonObject, words: Words
) -> Iterator[tuple[str, int | None, int | None, str]]:
    """The share of right answers before and after in percent, and what may be said of them."""
    for key in () if learned["hidden"] else ("before", "after"):
        yield words.text(f"learned.{key}"), learned[key], None, words.text("learned.percent")
    for line in learned["says"]:
        yield "", None, None, line


def _lines(vote: JsonObject, words: Words) -> Iterator[tuple[str, int | None, int | None, str]]:
    result = vote["result"]
    counts, texts, ranges = result["counts"], result["texts"] or (), result["ranges"] or ()
    guesses = (result["predictions"] or {}).get("counts", {})
    if result.get("learned"):
        yield from _learned(result["learned"], words)
        return
    if counts is None and not texts and not ranges:
        why = "unread" if result["read"] else "too_few"
        yield "", None, None, words.text(f"take_away.{why}")
    for text in texts:
        yield text["text"], None, None, text["heading"]
    for low, high in ranges:
        yield words.text("take_away.range", low=low, high=high), None, None, ""
    for choice in vote["choices"] if counts else ():
        count = counts[choice["id"]]
        note = words.text("take_away.hidden") if count is None else ""
        yield choice["label"], count, guesses.get(choice["id"]), note
