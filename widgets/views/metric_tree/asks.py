"""What the page of a metric tree may ask the kernel to work out, from the answers as they are kept.

Nothing here writes. What a page sends is checked here; a refusal is one sentence.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from playbook.analysis.metric_tree import Tree, tree_of
from playbook.model import InputError
from playbook.report.metric_tree.view import ReportContext, tree_view, what_if_view
from playbook.worksheet.kinds.date import read_date
from widgets.form.asks import Answer, Ask
from widgets.session import Session

NODES = "nodes"
LEAST_PERCENT, MOST_PERCENT = -100, 1000
MOST_WEEKS = 104

Message = Mapping[str, Any]


def _tree_asked(session: Session, _: Message) -> Answer:
    return {"tree": tree_view(_tree(session), _context(session))}


def _what_if(session: Session, message: Message) -> Answer:
    tree = _tree(session)
    return {"what_if": what_if_view(tree, _changes(session, tree, message), _context(session))}


def _numbers(session: Session, message: Message) -> Answer:
    from playbook.report.metric_tree.numbers import numbers_blocks

    tree = _tree(session)
    return {"blocks": numbers_blocks(tree, _changes(session, tree, message), _context(session))}


def _decompose(session: Session, message: Message) -> Answer:
    from playbook.report.metric_tree.history import decompose_blocks

    tree = _tree(session)
    start, end = (read_date(message.get(key), session.framework.words) for key in ("start", "end"))
    row = _row(session, tree, message.get("row"))
    return {"blocks": decompose_blocks(tree, row, start, end, _context(session))}


def _leads(session: Session, message: Message) -> Answer:
    from playbook.report.metric_tree.history import leads_blocks

    tree = _tree(session)
    driver, outcome = (_row(session, tree, message.get(key)) for key in ("driver", "outcome"))
    lag = message.get("lag")
    if isinstance(lag, bool) or not isinstance(lag, int) or not 0 <= lag <= MOST_WEEKS:
        raise _refused(session, "lag", limit=MOST_WEEKS)
    return {"blocks": leads_blocks(tree, driver, outcome, lag, _context(session))}


def _workbook(session: Session, message: Message) -> Answer:
    from playbook.worksheet.spreadsheets import MOST_BYTES, series_text

    name, sent = message.get("name"), message.get("base64")
    if not isinstance(name, str) or not isinstance(sent, str) or len(sent) > 2 * MOST_BYTES:
        raise _refused(session, "file", limit=MOST_BYTES // 1_000_000)
    try:
        data = base64.b64decode(sent, validate=True)
    except (binascii.Error, ValueError):
        raise _refused(session, "file", limit=MOST_BYTES // 1_000_000) from None
    return {"series_text": series_text(data, name, session.framework.words)}


ASKS: Mapping[str, Ask] = {
    "tree": _tree_asked,
    "what_if": _what_if,
    "numbers": _numbers,
    "decompose": _decompose,
    "leads": _leads,
    "workbook": _workbook,
}


def _tree(session: Session) -> Tree:
    rows = session.worksheet.rows(NODES)
    most = session.sheet.table(NODES).max_rows
    if len(rows) > most:
        raise _refused(session, "many", count=len(rows), limit=most)
    return tree_of([row.id for row in rows], [row.answers for row in rows])


def _context(session: Session) -> ReportContext:
    framework, notice_at = session.framework, session.worksheet.answers.get("notice_at")
    return ReportContext(
        words=framework.words,
        thresholds=framework.threshold_values,
        today=session.assessment.today or date.today(),
        notice_at=float(notice_at) / 100 if isinstance(notice_at, str) else None,
    )


def _changes(session: Session, tree: Tree, message: Message) -> dict[str, float]:
    """{row: per cent} as shares; rows that are gone by now are left out."""
    given = message.get("changes")
    if not isinstance(given, Mapping) or not all(_is_change(value) for value in given.values()):
        raise _refused(session, "changes", low=LEAST_PERCENT, high=MOST_PERCENT)
    return {row: value / 100 for row, value in given.items() if row in tree.nodes}


def _is_change(value: Any) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and math.isfinite(value) and LEAST_PERCENT <= value <= MOST_PERCENT


def _row(session: Session, tree: Tree, given: Any) -> str:
    if not isinstance(given, str) or given not in tree.nodes:
        raise _refused(session, "row")
    return given


def _refused(session: Session, key: str, **given: Any) -> InputError:
    return InputError(session.framework.words.text(f"metrics.ask.{key}", **given))
