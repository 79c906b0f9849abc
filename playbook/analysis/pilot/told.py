"""What the answers about a pilot say: names, days, the design that is promised, the lot.

Rows are answers by question; the questions are those of content/sheets/focus.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from playbook.analysis.pilot.designs import Design, Grade, split, staggered
from playbook.analysis.pilot.lot import Lot, Start, commitment, draw, joined
from playbook.model import InputError, Value
from playbook.worksheet.time_series import WEEK, monday_of

Answers = Mapping[str, Value]
Rows = Sequence[tuple[str, Answers]]
"""Rows of one table in their order: each one's id and its answers."""

GRADES: Mapping[str, Grade] = {grade.name.lower(): grade for grade in Grade}
"""A design's grade by the answer to `design`."""

BY_LOT = ("start_by_lot", "comparison_by_lot")
COMPARED = (*BY_LOT, "comparison_chosen")
MEASURED = (*COMPARED, "before_after")

ALWAYS = ("convinced", "design", "pilot_from", "pilot_until", "opens_on", "opener")
_NEVER = "–"
_APART = re.compile(r"[,;\n]")


@dataclass(frozen=True, slots=True)
class SealedLot:
    """A lot as its row has it: what is drawn among, and the drawing, None before it.

    `fits`: the fingerprint that was shown before is that of seed, groups and starts.
    """

    groups: tuple[str, ...]
    starts: tuple[Start, ...]
    seed: str
    word: str
    fingerprint: str
    drawing: Lot | None
    fits: bool


# --------------------------------------------------------------------------- the promise


def lacking(said: Answers) -> tuple[str, ...]:
    """The questions of a promise without an answer, of those that its design asks."""
    design = str(said.get("design", ""))
    wanted = [*ALWAYS]
    if design in MEASURED:
        wanted += ["primary", "direction", "smallest", "scale_at", "stop_below", "proof"]
    if design in COMPARED:
        wanted.append("groups_named")
    if design == "start_by_lot":
        wanted.append("waves")
    if design in ("comparison_by_lot", "comparison_chosen"):
        wanted.append("beginning")
    return tuple(name for name in wanted if said.get(name) in (None, "dont_know"))


def design_of(said: Answers) -> Design | None:
    """The design that a promise describes; None while it isn't said, or where groups, starts and
    weeks don't go together."""
    design = str(said.get("design", ""))
    if design not in GRADES:
        return None
    groups = len(names_in(said.get("groups_named")))
    if design == "start_by_lot":
        waves, weeks = number_in(said, "waves"), weeks_between(said)
        if waves is None or weeks is None or not groups:
            return None
        try:
            return Design(GRADES[design], staggered(groups, weeks, round(waves)))
        except InputError:
            return None
    if design in COMPARED:
        begin = number_in(said, "beginning")
        if begin is None or not 0 <= begin <= groups:
            return None
        return Design(GRADES[design], split(groups, round(begin)))
    return Design(GRADES[design], (0,) * max(groups, 1))


def weeks_between(said: Answers) -> int | None:
    """How many weeks the pilot takes, begun ones too; None while a day is missing or they cross."""
    begin, end = day_in(said, "pilot_from"), day_in(said, "pilot_until")
    if begin is None or end is None or end < begin:
        return None
    return (monday_of(end) - monday_of(begin)) // WEEK + 1


# --------------------------------------------------------------------------- the lot


def lot_of(row: Answers) -> SealedLot:
    """The lot of a row, drawn where it has a day. Others see the seed only once it is told."""
    groups, seed = names_in(row.get("lot_groups")), str(row.get("seed") or row.get("seed_told", ""))
    starts = starts_in(row.get("lot_starts"))
    word, shown = str(row.get("word", "")), str(row.get("fingerprint", ""))
    try:
        fits = commitment(groups, starts, seed) == shown
        drawing = draw(groups, starts, joined(seed, word) if word else seed)
    except InputError:
        return SealedLot(groups, starts, seed, word, shown, None, fits=False)
    drawn = drawing if row.get("drawn_on") else None
    return SealedLot(groups, starts, seed, word, shown, drawn, fits)


def starts_in(text: Value | None) -> tuple[Start, ...]:
    """The starts that a text names, a dash for never: "0, 3, 6" or "0, –, –"."""
    said = names(text)
    return tuple(int(one) if one.isdecimal() else None for one in said)


def starts_text(starts: Sequence[Start]) -> str:
    """The text that `starts_in` reads."""
    return ", ".join(_NEVER if start is None else str(start) for start in starts)


# --------------------------------------------------------------------------- help


def names(text: Value | None) -> tuple[str, ...]:
    """What a text lists with commas, semicolons or line breaks between."""
    said = _APART.split(text) if isinstance(text, str) else ()
    return tuple(" ".join(one.split()) for one in said if one.strip())


def names_in(text: Value | None) -> tuple[str, ...]:
    """The same, each name once however it is written."""
    found: dict[str, str] = {}
    for name in names(text):
        found.setdefault(plain(name), name)
    return tuple(found.values())


def plain(name: Value) -> str:
    """A name as it is compared: case and blanks don't count."""
    return " ".join(str(name).casefold().split())


def day_in(it: Answers, question: str) -> date | None:
    value = it.get(question)
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def number_in(it: Answers, question: str) -> float | None:
    value = it.get(question)
    return float(value) if isinstance(value, str) and value else None
