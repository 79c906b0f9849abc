"""What a class published, as data and as a table. Pure: nothing unpublished comes in here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from playbook.model.wording import Words

ASKED = ("sheet", "question", "text", "about", "about_people", "kind", "choices")
COLUMNS = ("vote", "sheet", "question", "about", "people", "answer", "count", "predicted", "note")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet would run (OWASP, "CSV Injection")."""

JsonObject = Mapping[str, Any]


def as_data(votes: Iterable[JsonObject]) -> dict[str, Any]:
    """What was asked and published of each vote (as in views.votes) that has a result."""
    return {
        "votes": [
            {name: vote[name] for name in ASKED} | {"result": vote["result"]}
            for vote in votes
            if vote["result"]
        ]
    }


def as_csv(results: JsonObject, words: Words) -> bytes:
    """The same as CSV in UTF-8 with a mark for spreadsheets: a line for each choice or text.

    A text that a spreadsheet would run as a formula gets an apostrophe, and its line says so.
    """
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow([words.text(f"take_away.column.{name}") for name in COLUMNS])
    for number, vote in enumerate(results["votes"], 1):
        for answer, count, predicted, note in _lines(vote, words):
            head = (number, vote["sheet"], vote["text"], vote["about"])
            people = vote["result"]["respondents"]
            table.writerow(_inert([*head, people, answer, count, predicted], note, words))
    return file.getvalue().encode("utf-8-sig")


def _lines(vote: JsonObject, words: Words) -> Iterator[tuple[str, int | None, int | None, str]]:
    result = vote["result"]
    counts, texts = result["counts"], result["texts"] or ()
    guesses = (result["predictions"] or {}).get("counts", {})
    if counts is None and not texts:
        yield "", None, None, words.text("take_away.too_few")
    for text in texts:
        yield text, None, None, ""
    for choice in vote["choices"] if counts else ():
        count = counts[choice["id"]]
        note = words.text("take_away.hidden") if count is None else ""
        yield choice["label"], count, guesses.get(choice["id"]), note


def _inert(cells: list[Any], note: str, words: Words) -> list[Any]:
    safe = [f"'{cell}" if _is_formula(cell) else cell for cell in cells]
    marked = words.text("take_away.formula") if safe != cells else ""
    return [*safe, " ".join(filter(None, (note, marked)))]


def _is_formula(cell: Any) -> bool:
    return isinstance(cell, str) and cell.lstrip(" \n").startswith(FORMULA)
