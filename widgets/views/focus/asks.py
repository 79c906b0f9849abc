"""What the page of the focus sheet may ask: its charts, what would show, a lot that is prepared.

Nothing here writes. What a page sends is checked here; a refusal is one sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playbook.analysis.pilot.record import Pilot
from playbook.analysis.pilot.told import GRADES
from playbook.model import InputError
from playbook.report.focus.charts import charts_view
from playbook.report.focus.data_file import changes, of_the_whole, sentence
from playbook.report.focus.lot import lot_view, prepared
from playbook.report.focus.shared import PROOFS, alpha_of, pilot_in
from playbook.report.focus.sight import (
    LEAST_GROUPS,
    LEAST_WEEKS,
    MOST_GROUPS,
    MOST_SLOW,
    MOST_WEEKS,
    SightQuestion,
    asked_by,
    sight_view,
)
from playbook.worksheet.weekly_file import read_weekly, stamp
from widgets.form.asks import Answer, Ask
from widgets.session import Session
from widgets.views.metric_tree.asks import ASKS as METRIC_TREE_ASKS

Message = Mapping[str, Any]
OWN_FILES = "local"
"""The mode of a host whose files are those of whoever sits there."""


def _pilot(session: Session) -> Pilot:
    carried = {one.carry.id: one.value for one in session.carried}
    return pilot_in(session.sheet, session.worksheet, carried)


def _charts(session: Session, _: Message) -> Answer:
    return {"weekly_charts": charts_view(_pilot(session), session.framework.words)}


def _sight(session: Session, message: Message) -> Answer:
    """{"question": {weeks, groups, design, proof, slow}}, or without it what the promise asks."""
    pilot, words = _pilot(session), session.framework.words
    thresholds = session.framework.threshold_values
    given = message.get("question")
    alpha = alpha_of(pilot, thresholds)
    if given is None:
        question, proof = asked_by(pilot, alpha), str(pilot.promised.get("proof", "five"))
    else:
        question, proof = _read(session, given), str(given["proof"])
    shown = {
        "weeks": question.weeks,
        "groups": question.groups,
        "design": question.design,
        "proof": proof if proof in PROOFS else "five",
        "slow": question.slow,
    }
    limits = {
        "weeks": [LEAST_WEEKS, MOST_WEEKS],
        "groups": [LEAST_GROUPS, MOST_GROUPS],
        "slow": [0, MOST_SLOW],
    }
    return {"sight": sight_view(pilot, question, words) | {"question": shown, "limits": limits}}


def _read(session: Session, given: Any) -> SightQuestion:
    thresholds = session.framework.threshold_values
    good = (
        isinstance(given, Mapping)
        and _whole(given.get("weeks"), LEAST_WEEKS, MOST_WEEKS)
        and _whole(given.get("groups"), LEAST_GROUPS, MOST_GROUPS)
        and _whole(given.get("slow"), 0, MOST_SLOW)
        and given.get("design") in GRADES
        and given.get("proof") in PROOFS
    )
    if not good:
        raise InputError(session.framework.words.text("evidence.see.not_so"))
    return SightQuestion(
        given["weeks"],
        given["groups"],
        given["design"],
        thresholds[PROOFS[given["proof"]]],
        given["slow"],
    )


def _whole(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _lot(session: Session, _: Message) -> Answer:
    return {"lot_view": lot_view(_pilot(session), session.framework.words)}


def _prepare(session: Session, _: Message) -> Answer:
    """The answers of a new lot, for the page to add as a row; nothing is kept here."""
    return {"lot_row": prepared(_pilot(session), session.framework.words)}


def _weekly_file(session: Session, message: Message) -> Answer:
    """What the file of the answer `data_file` would change, unless it is as it was at {"seen"}.

    Only where the files are this person's own: a path on a host of classes is nobody's.
    """
    words = session.framework.words
    if session.host.mode != OWN_FILES:
        return {"weekly_file": {"here": False, "said": words.text("weekly_file.not_here")}}
    path = str(session.worksheet.answers.get("data_file", ""))
    now = stamp(path)
    if not path or (now and now == message.get("seen")):
        return {"weekly_file": {"here": True, "stamp": now, "same": True}}
    pilot = _pilot(session)
    names = {row: it.name for row, it in pilot.measures.items()}
    try:
        read = read_weekly(path, names, words)
    except InputError as error:
        return {"weekly_file": {"here": True, "stamp": now, "problem": str(error)}}
    by_group = any(table.id == "figures" for table in session.sheet.tables)
    if not by_group:
        read = of_the_whole(read)
    told = {"here": True, "stamp": now, "said": sentence(read, words)}
    return {"weekly_file": told | changes(read, pilot, asks_whose=by_group)}


ASKS: Mapping[str, Ask] = {
    "weekly_charts": _charts,
    "sight": _sight,
    "lot_view": _lot,
    "lot_prepare": _prepare,
    "weekly_file": _weekly_file,
    "workbook": METRIC_TREE_ASKS["workbook"],
}
