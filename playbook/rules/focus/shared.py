"""What the focus rules share: the pilot put together once, and rows as they were filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from playbook.analysis.pilot.record import ASKED_ONCE, TABLES, Pilot
from playbook.analysis.pilot.told import Rows
from playbook.model import Value
from playbook.rules import Case, RuleFunction, rule

Row = Mapping[str, Value]
MOST_NAMES = 3


def sheet_rule(
    row: str, *, raises: Iterable[str] = (), numbers: Iterable[str] = ()
) -> Callable[[RuleFunction], RuleFunction]:
    """A rule about the whole sheet, which has no candidates."""
    return rule(row, raises=raises, numbers=numbers, scope="sheet")


def pilot(case: Case) -> Pilot:
    """The pilot as the sheet tells it, put together once for as long as that stands."""
    return case.once(_pilot)


def _pilot(case: Case) -> Pilot:
    answers = {name: case.answers[name] for name in ASKED_ONCE if name in case.answers}
    rows = {
        table: case.table(table).once(_with_ids, case.row_ids.get(table, ())) for table in TABLES
    }
    begins = case.carried.get("pilot_start")
    day = date.fromisoformat(begins) if isinstance(begins, str) else None
    return case.table("measures").once(_put_together, answers, rows, day)


def _with_ids(rows: Iterable[Row], ids: Sequence[str]) -> tuple[tuple[str, Row], ...]:
    return tuple(zip(ids, rows, strict=True))


def _put_together(
    _: Iterable[Row], answers: Row, rows: Mapping[str, Rows], begins: date | None
) -> Pilot:
    return Pilot(answers, rows, begins)


def filled(case: Case, table: str) -> list[Row]:
    """The rows of a table in which something is answered."""
    return [row for row in case.rows.get(table, ()) if row]


def quoted(names: Sequence[str]) -> str:
    """Some names in quotation marks, a few of them: “A”, “B” and 2 more."""
    shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{shown} + {more}" if more > 0 else shown
