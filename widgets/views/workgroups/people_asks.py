"""What the board may ask about people and plans: reasons, letters, earlier groups, what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playbook.model import InputError
from playbook.report.workgroups import letters
from playbook.report.workgroups.board import Board, BoardRule, board_of, rules_on
from playbook.report.workgroups.kept import person_text
from playbook.report.workgroups.plans import compared, earlier_plans, with_groups
from playbook.report.workgroups.reasons import reasons
from widgets.form.asks import Answer, Ask
from widgets.form.state import shown, written
from widgets.session import Session

Message = Mapping[str, Any]

LONGEST = 100_000
"""Events of a history that are looked through."""


def _read(session: Session) -> tuple[Board, list[BoardRule]]:
    board = board_of(session.sheet, session.worksheet, session.framework.words)
    return board, rules_on(session.worksheet, board, session.framework.words)


def _why(session: Session, _: Message) -> Answer:
    board, rules = _read(session)
    return {"why": reasons(board, rules, session.worksheet, session.framework.words)}


def _letters(session: Session, _: Message) -> Answer:
    board, rules = _read(session)
    words, worksheet = session.framework.words, session.worksheet
    about_all = [one for one in rules if "people" not in one.written]  # others stay out of a letter
    why = reasons(board, about_all, worksheet, words)
    groups = dict(zip(board.rows, board.groups, strict=True))
    return {
        "call": letters.call(worksheet, words),
        "application": letters.application(worksheet, words),
        "chosen": {
            row: letters.to_chosen(worksheet, words, groups[row] or 0, told)
            for row, told in why.items()
        },
        "others": letters.to_others(worksheet, words),
        "lacking": letters.lacking(worksheet, words),
    }


def _earlier(session: Session, _: Message) -> Answer:
    """Groups that there were before, the last first."""
    board, _rules = _read(session)
    numbers = zip(board.rows, board.groups, strict=True)
    now = {row: "" if it is None else str(it) for row, it in numbers}
    plans = earlier_plans(session.store.history(session.id, LONGEST), now)
    words = session.framework.words
    return {
        "plans": [
            {"seq": it.seq, "when": written(it.at, words), "groups": dict(it.groups)}
            for it in plans
        ]
    }


def _compare(session: Session, message: Message) -> Answer:
    """{"groups": {row: number}} beside the groups as they are, line by line."""
    board, rules = _read(session)
    words, given = session.framework.words, message.get("groups")
    if not isinstance(given, Mapping) or not all(str(it).isdecimal() for it in given.values()):
        raise InputError(f"groups are numbers by row; not {given!r}.")
    other = with_groups(board, {str(row): str(it) for row, it in given.items()})
    lines = compared([board, other], rules, words)
    return {"lines": [{"what": what, "values": values} for what, values in lines]}


def _person(session: Session, message: Message) -> Answer:
    """What is kept of the person of {"row"}, as a text."""
    row, words = str(message.get("row", "")), session.framework.words
    if row not in {it.id for it in session.worksheet.rows("people")}:
        raise InputError(words.text("workgroups.person_gone"))

    def tell(field: str, value: Any) -> str:
        return shown(
            session.sheet, field, list(value) if isinstance(value, tuple) else value, words
        )

    events = session.store.history(session.id, LONGEST)
    text = person_text(session.sheet, session.worksheet, row, events, words, tell)
    return {"person": text}


def _lot(session: Session, message: Message) -> Answer:
    """The order in which a lot draws {"count"} entries, by {"word"}: places from 0 on."""
    from playbook.analysis.workgroups.lot import drawn

    count, word = message.get("count"), str(message.get("word", ""))
    if not isinstance(count, int) or isinstance(count, bool) or not word.strip():
        raise InputError(session.framework.words.text("workgroups.lot_needs"))
    return {"order": drawn(count, word)}


PEOPLE_ASKS: Mapping[str, Ask] = {
    "why": _why,
    "letters": _letters,
    "earlier": _earlier,
    "compare_groups": _compare,
    "person": _person,
    "lot": _lot,
}
