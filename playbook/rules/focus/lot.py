"""The lot: drawn before the pilot begins, from what was shown before, and kept to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from playbook.analysis.pilot.lot import in_order
from playbook.analysis.pilot.record import Pilot
from playbook.analysis.pilot.told import BY_LOT, lot_of, names_in, plain
from playbook.model import Value
from playbook.rules import Case, Hit, before_sealing
from playbook.rules.focus.shared import filled, pilot, quoted, sheet_rule
from playbook.worksheet.time_series import WEEK, monday_of


@sheet_rule("GAP-20", raises=("not_drawn", "lot_drawn", "lot_differs"))
def the_order_is_drawn(case: Case) -> Iterator[Hit]:
    found = pilot(case)
    if found.promised.get("design") not in BY_LOT:
        return
    if found.lot is None or found.lot.drawing is None:
        yield Hit("not_drawn", ("drawn_on",))
    elif not found.lot.fits or _others_drawn(found):
        yield Hit("lot_differs", ("drawn_on",))
    else:
        yield Hit("lot_drawn", ("drawn_on",), {"order": ", ".join(found.lot.drawing.order)})


def _others_drawn(found: Pilot) -> bool:
    """Whether the lot was among other groups or starts than those that were promised."""
    lot, design = found.lot, found.design
    if lot is None or {plain(it) for it in lot.groups} != {plain(it) for it in found.groups}:
        return True
    return design is not None and tuple(in_order(lot.starts)) != design.starts


@sheet_rule("GAP-20", raises=("left", "moved"))
def groups_keep_to_it(case: Case) -> Iterator[Hit]:
    """What really happened to the groups, beside the weeks that were drawn."""
    found = pilot(case)
    starts = {plain(name): start for name, start in found.starts.items()}
    left, moved = [], []
    for row in filled(case, "groups"):
        name = str(row.get("group_name", ""))
        if row.get("left_on"):
            left.append(name)
        began, drawn = row.get("began_on"), starts.get(plain(name))
        if not isinstance(began, str) or found.pilot_from is None or plain(name) not in starts:
            continue
        week = (monday_of(date.fromisoformat(began)) - monday_of(found.pilot_from)) // WEEK
        if drawn is None or week != drawn:
            moved.append(name)
    if left:
        yield Hit("left", ("left_on",), {"groups": quoted(left)})
    if moved:
        yield Hit("moved", ("began_on",), {"groups": quoted(moved)})


@before_sealing("GAP-20", "lots")
def the_fingerprint_fits(answers: Mapping[str, Value], _: Mapping[str, float]) -> Hit | None:
    lot = lot_of({**answers, "drawn_on": "drawn"})
    named = names_in(answers.get("lot_groups"))
    good = lot.fits and lot.drawing is not None and len(named) == len(lot.starts)
    return None if good else Hit("lot_differs", ("drawn_on",))
