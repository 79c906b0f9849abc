"""What the page of the board may ask the kernel to work out, from the answers as they are kept.

Nothing here writes: the page applies a plan as one change of its own, so that one undo takes it
back. A search is a process of its own, so that answers are saved meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any
from weakref import WeakKeyDictionary

from playbook.model import InputError
from playbook.report.workgroups.board import (
    Board,
    BoardRule,
    board_of,
    broken_rows,
    compared_sentence,
    difference_inside,
    feasible_sentence,
    missing_sentence,
    missing_views,
    rare_of,
    rules_on,
    wishes_sentence,
)
from playbook.report.workgroups.plans import mean_difference, with_groups
from widgets.form.asks import Answer, Ask
from widgets.session import Session
from widgets.views.workgroups.people_asks import PEOPLE_ASKS
from widgets.views.workgroups.search import Search, costs_told, value_by_hand

Message = Mapping[str, Any]

SIZES = ("workgroup_least_people", "workgroup_most_people")

_SEARCHES: WeakKeyDictionary[Session, Search] = WeakKeyDictionary()
"""The last search of each page: what it found is told while the board still shows it."""


def _read(session: Session) -> tuple[Board, list[BoardRule]]:
    words = session.framework.words
    board = board_of(session.sheet, session.worksheet, words)
    return board, rules_on(session.worksheet, board, words)


def _board(session: Session, _: Message) -> Answer:
    board, rules = _read(session)
    words = session.framework.words
    search = _SEARCHES.get(session)
    broke = set(broken_rows(rules, board.labels, board.count)) if board.whole else None
    costs = search.costs if search and search.rules == rules else {}
    sentence, numbers = "", []
    if search and search.done and board.whole and board.compared.attributes:
        from playbook.analysis.workgroups import explain
        from playbook.report.workgroups.quality import number_sentences, quality_sentence

        found = search.value_of(board, rules) or value_by_hand(board, rules)
        sentence = quality_sentence(found, words)
        numbers = number_sentences(found, explain(found, board.compared), words)
    return {
        "board": {
            "count": board.count,
            "rare": rare_of(board),
            "missing": {
                at: missing_sentence(views, words)
                for at, views in missing_views(board).items()
                if at in board.groups  # nobody is there whose view could be missing
            },
            "quality": sentence,
            "feasible": _feasible(session, board),
            "compared": compared_sentence(board, words),
            "numbers": numbers,
            "wishes": wishes_sentence(board, words),
            "costing": bool(search and search.proving),
            "rules": [
                {
                    "row": one.row,
                    "text": " ".join(filter(None, [one.text, one.because])),
                    "problem": one.problem,
                    "state": _state(one, broke),
                    "cost": costs_told(costs.get(one.row), words),
                }
                for one in rules
            ],
        }
    }


def _feasible(session: Session, board: Board) -> str:
    """For the people on the list, or as many as were said while nobody is listed."""
    low, high = (round(session.framework.thresholds[it].value) for it in SIZES)
    said = session.worksheet.answers.get("people_count")
    people = len(board.rows) or (int(said) if isinstance(said, str) else 0)
    return feasible_sentence(people, low, high, session.framework.words)


def _state(rule: BoardRule, broke: set[str] | None) -> str:
    if rule.problem or broke is None:
        return "open"
    return "broken" if rule.row in broke else "kept"


def _find(session: Session, _: Message) -> Answer:
    board, rules = _read(session)
    if running := _SEARCHES.get(session):
        running.stop()
    if problem := next((one for one in rules if one.problem), None):
        raise InputError(problem.problem)
    search = _SEARCHES[session] = Search(
        board, rules, session.framework.words, f"{session.host.mode} {session.device}"
    )
    search.begin()
    return {"search": search.told()}


def _progress(session: Session, _: Message) -> Answer:
    search = _SEARCHES.get(session)
    if search is None:
        raise InputError(session.framework.words.text("workgroups.no_search"))
    return {"search": search.told()}


def _stop(session: Session, _: Message) -> Answer:
    if search := _SEARCHES.get(session):
        search.stop()
    return _progress(session, {})


def _move(session: Session, message: Message) -> Answer:
    """What it costs that `row` goes from group `from` to group `to`, and which rules it breaks; ""
    where that is not known, because somebody is in no group or a group is empty."""
    board, rules = _read(session)
    words = session.framework.words
    row, ends = message.get("row"), (message.get("from"), message.get("to"))
    if row not in board.rows or not all(isinstance(it, int) for it in ends):
        raise InputError(words.text("workgroups.swap_open"))
    numbers = dict(zip(board.rows, board.groups, strict=True))
    before, after = (
        with_groups(board, {it: str(at) for it, at in (numbers | {row: end}).items() if at})
        for end in ends
    )
    if not (before.whole and after.whole):
        return {"move": ""}
    broke = set(broken_rows(rules, before.labels, before.count))
    breaks_now = set(broken_rows(rules, after.labels, after.count)) - broke
    breaks = [it.text for it in rules if it.row in breaks_now]
    costs = _change(mean_difference(before), mean_difference(after), "move", words)
    return {"move": costs + _breaks(breaks, words)}


def _swap(session: Session, message: Message) -> Answer:
    """What it costs to put `row` into another's place, and which rules it breaks."""
    board, rules = _read(session)
    words = session.framework.words
    pair = [message.get("row"), message.get("with")]
    if not board.whole or any(one not in board.rows for one in pair):
        raise InputError(words.text("workgroups.swap_open"))
    one, other = (board.rows.index(str(it)) for it in pair)
    labels = list(board.labels)
    labels[one], labels[other] = labels[other], labels[one]
    before = set(broken_rows(rules, board.labels, board.count))
    after = broken_rows(rules, labels, board.count)
    breaks = [it.text for it in rules if it.row in after and it.row not in before]
    return {"swap": _cost(board, labels, words) + _breaks(breaks, words)}


def _cost(board: Board, labels: list[int], words: Any) -> str:
    now, then = (difference_inside(board, it) for it in (board.labels, labels))
    return _change(now, then, "swap", words)


def _change(now: float, then: float, what: str, words: Any) -> str:
    percent = round(100 * (now - then) / now, 1) if now else 0.0
    key = "costs" if percent > 0 else "gains" if percent < 0 else "free"
    return str(words.text(f"workgroups.{what}_{key}", percent=f"{abs(percent):g}"))


def _breaks(rules: list[str], words: Any) -> str:
    if not rules:
        return ""
    return " " + str(words.text("workgroups.swap_breaks", rules="” “".join(rules)))


def _cells(session: Session, _: Message) -> Answer:
    """Cells across the groups: the number of each person's cell, by row. Who is in one team today
    has met before."""
    from playbook.analysis.workgroups import cells
    from playbook.analysis.workgroups.across import LINE, MET

    board, _rules = _read(session)
    words = session.framework.words
    if not board.whole:
        raise InputError(words.text("workgroups.cells_open"))
    rows = {row.id: row.answers for row in session.worksheet.rows("people")}
    lines = [
        (at, board.rows.index(str(boss)))
        for at, row in enumerate(board.rows)
        if (boss := rows[row].get("boss")) in board.rows and boss != row
    ]
    teams = board.roster.attribute(board.titles["team"]).values
    met = [
        (one, other)
        for one, other in combinations(range(len(teams)), 2)
        if teams[one] is not None and teams[one] == teams[other]
    ]
    found = cells(board.labels, lines=lines, met=met)
    told = words.text("workgroups.cells_drawn", count=len(found.sizes))
    if LINE in found.broken_rules:
        told += " " + words.text("workgroups.cells_lines")
    if MET in found.broken_rules:
        told += " " + words.text("workgroups.cells_met")
    labels = zip(board.rows, found.labels, strict=True)
    return {"cells": {row: str(at + 1) for row, at in labels}, "text": told}


ASKS: Mapping[str, Ask] = {
    "board": _board,
    "find_groups": _find,
    "find_progress": _progress,
    "find_stop": _stop,
    "move": _move,
    "swap": _swap,
    "cells": _cells,
    **PEOPLE_ASKS,
}
