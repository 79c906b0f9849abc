"""Where a pilot goes from here, in words: waves, groups that grew out of it, lasting changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Value, Worksheet
from playbook.worksheet.kinds import choice_labels
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.visibility import visible_answers

Row = Mapping[str, Value]


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """A sentence for each wave by its day, each new group, and each lasting change by its area."""

    def rows(table: str, named: str) -> list[Row]:
        told = (visible_answers(sheet, worksheet, table, row) for row in worksheet.rows(table))
        return [it for it in told if it.get(named)]

    return [
        *_waves(rows("waves", "wave"), framework),
        *_grown(rows("spinoffs", "spin_what"), framework),
        *_changes(rows("areas", "area_change"), sheet, framework),
    ]


def _waves(rows: list[Row], framework: Framework) -> Iterator[str]:
    dated = sorted(rows, key=lambda it: str(it.get("wave_start", "9")))
    for place, it in enumerate(dated, 1):
        key = "line_wave_open" if it.get("wave_issues") == "open" else "line_wave"
        told = {
            "place": place,
            "name": _name(it, "wave"),
            "when": _when(it, "wave_start", framework),
        }
        yield framework.words.text(f"spread.{key}", **told)


def _grown(rows: list[Row], framework: Framework) -> Iterator[str]:
    for it in rows:
        origin = str(it.get("spin_from", "")).partition(":")[0].strip()
        told = {
            "name": _name(it, "spin_what"),
            "from": origin or framework.words.text("spread.pilot"),
        }
        yield framework.words.text("spread.line_grown", **told)


def _changes(rows: list[Row], sheet: Sheet, framework: Framework) -> Iterator[str]:
    """By area, those where nothing changes too."""
    if not rows:
        return
    say = framework.words.text
    areas = choice_labels(sheet.question("area", "areas"), framework.words)
    sorted_ones: list[tuple[str | None, str]] = [*areas.items(), (None, say("spread.no_area"))]
    for area, label in sorted_ones:
        here = [it for it in rows if it.get("area") == area]
        if not here and area:
            yield say("spread.line_nothing", area=label)
        for it in here:
            told = {"area": label, "name": _name(it, "area_change")}
            told |= {"when": _when(it, "area_day", framework)}
            told |= {"owner": str(it.get("area_owner") or say("spread.no_owner"))}
            yield say("spread.line_done" if it.get("area_done") else "spread.line_change", **told)


def _name(it: Row, question: str) -> str:
    return str(it[question]).rstrip(".")


def _when(it: Row, question: str, framework: Framework) -> str:
    day = it.get(question)
    if not isinstance(day, str):
        return framework.words.text("spread.no_day")
    return written_date(date.fromisoformat(day), framework.words)
