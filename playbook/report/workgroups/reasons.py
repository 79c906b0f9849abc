"""Why each person is in their group: what they bring there, what was wished, which rule says so.

Facts in sentences, and no score of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from playbook.model import Worksheet
from playbook.model.wording import Words
from playbook.report.workgroups.board import PEOPLE, Board, BoardRule
from playbook.report.workgroups.columns import view_of

ONE, TWO = 1, 2
"""How many in a group say the same: nobody else, or one other person."""

_WISH = re.compile(r"\d+")


def reasons(
    board: Board, rules: Sequence[BoardRule], worksheet: Worksheet, words: Words
) -> dict[str, list[str]]:
    """For each row whose person is in a group, the reasons, the strongest first."""
    wishes = {row.id: str(row.answers.get("wishes", "")) for row in worksheet.rows(PEOPLE)}
    found = {}
    for at, row in enumerate(board.rows):
        if board.groups[at] is not None:
            told = [
                *_brings(board, at, words),
                *_wished(wishes[row], board.groups[at], words),
                *_ruled(rules, at, words),
            ]
            if board.locked[at]:
                told.append(words.text("workgroups.why_locked"))
            found[row] = told or [words.text("workgroups.why_spread")]
    return found


def _brings(board: Board, at: int, words: Words) -> Iterator[str]:
    """What nobody else in the group says, and what only one other person there says."""
    own = [place for place, it in enumerate(board.groups) if it == board.groups[at]]
    only, rare = [], []
    for one in board.compared.attributes:
        view = view_of(one, one.values[at])
        alike = sum(view_of(one, one.values[place]) == view for place in own)
        if view and alike == ONE:
            only.append(view)
        elif view and alike == TWO and len(own) > TWO:
            rare.append(view)
    if only:
        yield words.text("workgroups.why_only", views=", ".join(only))
    elif rare:
        yield words.text("workgroups.why_rare", views=", ".join(rare))


def _wished(wishes: str, group: int | None, words: Words) -> Iterator[str]:
    wished = [int(one) for one in _WISH.findall(wishes)]
    if group in wished:
        key = "why_first_wish" if wished[0] == group else "why_wish"
        yield words.text(f"workgroups.{key}", group=group)


def _ruled(rules: Sequence[BoardRule], at: int, words: Words) -> Iterator[str]:
    for one in rules:
        if any(at in getattr(rule, "people", ()) for rule in one.rules):
            rule = " ".join(filter(None, [one.text, one.because]))
            yield words.text("workgroups.why_rule", rule=rule)
