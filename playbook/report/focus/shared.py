"""What the focus sheet's reports share: the pilot of a worksheet, and weeks in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from playbook.analysis.pilot.record import Pilot
from playbook.model import Sheet, Value, Worksheet
from playbook.model.wording import Words
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.visibility import visible_answers

PROOFS = {"five": "proof_five", "ten": "proof_ten", "twenty": "proof_twenty"}


def pilot_in(
    sheet: Sheet, worksheet: Worksheet, carried: Mapping[str, Value | None] | None = None
) -> Pilot:
    """The pilot as a worksheet tells it; `carried` is what other sheets decided, by its id."""
    rows = {
        table.id: tuple(
            (row.id, visible_answers(sheet, worksheet, table.id, row))
            for row in worksheet.rows(table.id)
        )
        for table in sheet.tables
    }
    begins = (carried or {}).get("pilot_start")
    day = date.fromisoformat(begins) if isinstance(begins, str) and begins else None
    return Pilot(visible_answers(sheet, worksheet), rows, day)


def alpha_of(pilot: Pilot, thresholds: Mapping[str, float]) -> float:
    """The false alarms that the promise allows; a twentieth where it asks for no proof."""
    return thresholds[PROOFS.get(str(pilot.promised.get("proof", "")), "proof_five")]


def week_of(monday: date, words: Words) -> str:
    """A week by its Monday: "the week of 1 March 2027"."""
    return words.text("evidence.week", day=written_date(monday, words))


def one_in(share: float, words: Words) -> str:
    """A share as people say it: "1 in 24"."""
    return words.text("evidence.one_in", count=round(1 / share))
