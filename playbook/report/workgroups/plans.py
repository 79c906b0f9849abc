"""Plans of groups beside each other: the ones there were, and what changes from one to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from playbook.model.storage import Event, Stored
from playbook.model.wording import Words
from playbook.report.workgroups.board import (
    PEOPLE,
    Board,
    BoardRule,
    broken_rows,
    difference_inside,
    missing_views,
)

MOST_PLANS = 12
GROUP = "group"


@dataclass(frozen=True)
class Plan:
    """The groups that people were in after a step: the number of each row's, and when that was."""

    seq: int
    at: datetime
    groups: Mapping[str, str]


def earlier_plans(events: Sequence[Event], now: Mapping[str, str]) -> list[Plan]:
    """The plans of a history (the last event first) that differ from `now` and from each other, the
    last first; what is erased is no longer among them.

    A row that is not there any more is left out, and so is a plan that says nothing of who is left.
    """
    found: dict[tuple[tuple[str, str], ...], Plan] = {}
    groups: dict[str, Stored] = {}
    steps: dict[int, list[Event]] = {}
    for event in reversed(events):
        steps.setdefault(event.seq, []).append(event)
    for seq, step in steps.items():
        mine = [one for one in step if _row_of(one.field) and not one.aside]
        for one in mine:
            groups[_row_of(one.field)] = one.value
        told = {row: str(it) for row, it in groups.items() if it is not None and row in now}
        if mine and told:
            key = tuple(sorted(told.items()))
            found.pop(key, None)
            found[key] = Plan(seq, step[0].at, told)
    here = tuple(sorted((row, it) for row, it in now.items() if it))
    found.pop(here, None)
    return list(found.values())[::-1][:MOST_PLANS]


def _row_of(field: str) -> str:
    table, _, rest = field.partition("/")
    row, _, question = rest.partition("/")
    return row if (table, question) == (PEOPLE, GROUP) else ""


def with_groups(board: Board, groups: Mapping[str, str]) -> Board:
    """The same people in these groups; whoever has none there is in none."""
    numbers = (groups.get(row) for row in board.rows)
    return replace(board, groups=tuple(int(it) if it else None for it in numbers))


def mean_difference(board: Board) -> float:
    """How much two people of one group differ, on average; so groups of other sizes compare."""
    pairs = sum(it * (it - 1) // 2 for it in Counter(board.groups).values())
    return difference_inside(board, board.labels) / max(pairs, 1)


def compared(
    boards: Sequence[Board], rules: Sequence[BoardRule], words: Words
) -> list[tuple[str, list[str]]]:
    """Line by line what two plans come to: a heading, and what each says there."""
    say = words.text
    told = [_told(board, rules, words) for board in boards]
    keys = list(told[0])
    lines = [(say(f"workgroups.plan_{key}"), [one[key] for one in told]) for key in keys]
    moved = sum(a != b for a, b in zip(boards[0].groups, boards[1].groups, strict=True))
    lines.append((say("workgroups.plan_moved"), ["", str(moved)]))
    return lines


def _told(board: Board, rules: Sequence[BoardRule], words: Words) -> dict[str, str]:
    say = words.text
    sizes = Counter(board.groups)
    open_ = say("workgroups.plan_open")
    told = {
        "sizes": ", ".join(str(sizes[at]) for at in range(1, board.count + 1)),
        "difference": open_,
        "broken": open_,
        "missing": say("workgroups.plan_none"),
    }
    if board.whole:
        broke = set(broken_rows(rules, board.labels, board.count))
        named = [one.text for one in rules if one.row in broke]
        told["broken"] = " ".join(named) or say("workgroups.plan_none")
        if board.compared.attributes:
            told["difference"] = f"{mean_difference(board):.2f}"
    views = [
        say("workgroups.plan_group", number=at, views=", ".join(missing))
        for at, missing in missing_views(board).items()
        if missing
    ]
    told["missing"] = " ".join(views) or told["missing"]
    return told
