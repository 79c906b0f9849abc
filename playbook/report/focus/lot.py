"""The lot in words and as plain data: what can be drawn, the drawing, how to repeat it."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from playbook.analysis.pilot.designs import Design
from playbook.analysis.pilot.lot import Start, commitment, committed_text
from playbook.analysis.pilot.record import Pilot
from playbook.analysis.pilot.told import BY_LOT, SealedLot, starts_text
from playbook.framework import Framework
from playbook.model import Assessment, InputError, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.focus.shared import one_in, pilot_in
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.time_series import WEEK

SEED_BYTES = 16
_DIGEST = 12


def lot_view(pilot: Pilot, words: Words) -> dict[str, Any]:
    """{can, before, lot}: whether a lot may be prepared, what is said before it, the drawing."""
    design = str(pilot.promised.get("design", ""))
    if design and design not in BY_LOT:
        return {"can": False, "before": [words.text("evidence.lot.not_asked")], "lot": None}
    if pilot.design is None or not pilot.groups:
        return {"can": False, "before": [words.text("evidence.lot.first_promise")], "lot": None}
    before = before_the_draw(pilot.design, len(pilot.groups), words)
    return {"can": True, "before": before, "lot": _lot(pilot, words) if pilot.lot else None}


def before_the_draw(design: Design, groups: int, words: Words) -> list[str]:
    """What is said of a lot before anybody draws: its ways, and what no figures can pass."""
    starts = starts_text(_from_one(design.starts))
    told = {"groups": groups, "starts": starts}
    lines = [words.text("evidence.lot.ways", **told)]
    if design.floor >= 1:
        return [*lines, words.text("evidence.lot.refused_none")]
    floor = {"orders": design.orders, "floor": one_in(design.floor, words)}
    return [*lines, words.text("evidence.lot.floor", **floor)]


def _from_one(starts: tuple[Start, ...]) -> list[Start]:
    """Weeks as people count them, from 1."""
    return [None if start is None else start + 1 for start in starts]


def prepared(pilot: Pilot, words: Words) -> dict[str, str]:
    """The answers of a new lot: groups and starts as promised, a seed, and its fingerprint.

    InputError with the sentence why where there is nothing to draw.
    """
    design = pilot.design
    if design is None or not pilot.groups or not design.by_lot:
        raise InputError(words.text("evidence.lot.first_promise"))
    seed = secrets.token_hex(SEED_BYTES)
    return {
        "lot_design": str(pilot.promised["design"]),
        "lot_groups": ", ".join(pilot.groups),
        "lot_starts": starts_text(design.starts),
        "seed": seed,
        "fingerprint": commitment(pilot.groups, design.starts, seed),
    }


def _lot(pilot: Pilot, words: Words) -> dict[str, Any]:
    lot = pilot.lot
    assert lot
    told: dict[str, Any] = {
        "fingerprint": lot.fingerprint,
        "word": lot.word,
        "said": words.text("evidence.lot.before", commitment=lot.fingerprint),
        "drawn": None,
    }
    if lot.drawing:
        told["drawn"] = {
            "title": words.text("evidence.lot.result", day=_drawn_on(pilot, words)),
            "rows": _rows(pilot, lot, words),
            "lines": _repeat(lot, words),
        }
    return told


def _drawn_on(pilot: Pilot, words: Words) -> str:
    day = next((it.get("drawn_on") for _, it in pilot.rows.get("lots", ()) if it), None)
    return written_date(date.fromisoformat(str(day)), words) if day else ""


def _rows(pilot: Pilot, lot: SealedLot, words: Words) -> list[dict[str, str]]:
    assert lot.drawing
    return [
        {"group": it.group, "start": _start(pilot, it.start, words), "digest": it.digest[:_DIGEST]}
        for it in lot.drawing.tickets
    ]


def _start(pilot: Pilot, start: Start, words: Words) -> str:
    if start is None:
        return words.text("evidence.lot.never")
    day = written_date(pilot.pilot_from + start * WEEK, words) if pilot.pilot_from else ""
    return words.text("evidence.lot.start_week", week=start + 1, day=day).rstrip(", ")


def _repeat(lot: SealedLot, words: Words) -> list[str]:
    """How anybody draws the same lot again."""
    assert lot.drawing
    seed, first = lot.drawing.seed, lot.drawing.tickets[0]
    text = committed_text(lot.groups, lot.starts, lot.seed)
    told = {"seed": seed, "group": first.group, "digest": first.digest[:_DIGEST]}
    return [
        words.text("evidence.lot.after", seed=seed),
        words.text("evidence.lot.check", **told),
        words.text("evidence.lot.check_before", text=text),
        words.text(f"evidence.lot.{'fits' if lot.fits else 'fits_not'}"),
    ]


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The lot as it stands; nothing where none is drawn among the promised groups."""
    pilot, words = pilot_in(sheet, worksheet), framework.words
    if str(pilot.promised.get("design", "")) not in BY_LOT:
        return []
    view = lot_view(pilot, words)
    lot = view["lot"]
    lines = [*view["before"], *([lot["said"]] if lot else [])]
    if lot and lot["drawn"]:
        drawn = lot["drawn"]
        lines.append(drawn["title"])
        lines += [f"{row['group']}: {row['start']}" for row in drawn["rows"]]
        lines += drawn["lines"]
    return lines
