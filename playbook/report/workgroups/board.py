"""The board of workgroups: its people as a roster, its rules, and what it shows in sentences.

Nothing here searches, and nothing is loaded that only a search needs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playbook.analysis.workgroups import Attribute, Roster, group_numbers
from playbook.analysis.workgroups.rules import GroupRule, broken
from playbook.analysis.workgroups.written import KINDS, Written, rules_of
from playbook.framework import Framework
from playbook.model import Assessment, InputError, Row, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.workgroups.columns import RULED, columns_of, view_of
from playbook.report.workgroups.quality import rule_sentence
from playbook.worksheet.roster_file import hours_of

PEOPLE, RULES = "people", "rules"
HOURS, WISHES, BOSS = "hours", "wishes", "boss"
"""What rules of one kind each are about."""
SHOWN = 3
RARE_SHARE = 0.25
MISSING_SHOWN = 3
COUNTS = ("at_least", "at_most")
OF_ONE = {"hours": HOURS, "wishes": WISHES, "lines": BOSS}
"""Kinds of rules that are about one question, which nobody need name."""
FEWEST, MOST = 3, 6


@dataclass(frozen=True)
class Board:
    """People with codes, by their rows; `groups` has the number of each, None where it is open.

    `roster` is what rules speak of; `compared` what people are compared by: numbers in bands, and
    each thing that a column lists, as `playbook groups` does it. `left_out`: what somebody said
    and nobody is compared by, because all say the same or all say something else.
    """

    rows: tuple[str, ...]
    roster: Roster
    compared: Roster
    left_out: tuple[str, ...]
    groups: tuple[int | None, ...]
    locked: tuple[bool, ...]
    wanted: int
    titles: Mapping[str, str]
    wishes: tuple[frozenset[int], ...] = ()

    @property
    def count(self) -> int:
        """How many groups there are: as many as were asked for, or are in use."""
        return _count(self.wanted, self.groups)

    @property
    def whole(self) -> bool:
        """Whether everybody is in a group and no group is empty, so that it can be valued."""
        return set(self.groups) == set(range(1, self.count + 1))

    @property
    def labels(self) -> tuple[int, ...]:
        """The groups from 0 on; only where the board is whole."""
        return tuple((number or 1) - 1 for number in self.groups)


def _count(wanted: int, groups: Sequence[int | None]) -> int:
    return max([wanted, *(it for it in groups if it)])


def board_of(sheet: Sheet, worksheet: Worksheet, words: Words) -> Board:
    """The people of the worksheet who have a code. Where two have the same, which the sheet's rules
    say, the later ones are called by their place too, so that the board still counts everybody."""
    people = [row for row in worksheet.rows(PEOPLE) if row.answers.get("code")]
    ruled = (*RULED, HOURS, WISHES, BOSS)
    titles = {one: sheet.question(one, PEOPLE).short for one in ruled}
    roles = {it.id: it.label for it in sheet.question("role", PEOPLE).choices}
    ruled_by, compared_by, left_out = columns_of(people, titles, roles, words)
    numbers = [row.answers.get("group") for row in people]
    groups = tuple(int(it) if isinstance(it, str) else None for it in numbers)
    asked = worksheet.answers.get("group_count")
    few = len(people) // FEWEST
    wanted = max(1, int(asked) if isinstance(asked, str) else min(MOST - 2, few))
    wishes = tuple(_wishes(row, _count(wanted, groups)) for row in people)
    ruled_by += _of_one_rule(people, titles, wishes, words)
    names = _told_apart(people)
    return Board(
        rows=tuple(row.id for row in people),
        roster=Roster(names, tuple(ruled_by)),
        compared=Roster(names, tuple(compared_by)),
        left_out=tuple(left_out),
        groups=groups,
        locked=tuple(row.answers.get("locked") == "yes" for row in people),
        wanted=wanted,
        titles=titles,
        wishes=wishes,
    )


def _told_apart(people: Sequence[Row]) -> tuple[str, ...]:
    """The people's codes, each followed by its place where somebody before has it already."""
    codes = [str(row.answers["code"]) for row in people]
    seen = [code.casefold() for code in codes]
    return tuple(
        f"{code} ({at + 1})" if seen[at] in seen[:at] else code for at, code in enumerate(codes)
    )


def _wishes(row: Row, count: int) -> frozenset[int]:
    """The groups that somebody wishes for, of those that there are."""
    said = re.findall(r"\d+", str(row.answers.get(WISHES, "")))
    return frozenset(number for number in map(int, said) if 1 <= number <= count)


def _of_one_rule(
    people: Sequence[Row],
    titles: Mapping[str, str],
    wishes: Sequence[frozenset[int]],
    words: Words,
) -> list[Attribute]:
    """When people are there, which groups they wish for, and to whose code they report."""
    codes = {row.id: str(row.answers["code"]) for row in people}
    said = (str(row.answers.get(HOURS, "")) for row in people)
    found = [
        Attribute(titles[HOURS], "hours", tuple(hours_of(it, words) for it in said)),
        Attribute(
            titles[BOSS],
            "category",
            tuple(codes.get(str(row.answers.get(BOSS, ""))) for row in people),
        ),
    ]
    for number in sorted(set().union(*wishes)):
        own = tuple(number in it for it in wishes)
        found.append(Attribute(f"{titles[WISHES]}: {number}", "yes_no", own, titles[WISHES]))
    return found


# --------------------------------------------------------------------------- rules


@dataclass(frozen=True)
class BoardRule:
    """A row of the table of rules: as written, its sentence, and what is wrong with it if any."""

    row: str
    written: Written
    text: str
    because: str
    problem: str
    rules: tuple[GroupRule, ...]


def rules_on(worksheet: Worksheet, board: Board, words: Words) -> list[BoardRule]:
    """The rules that say enough to be kept or broken, in their order."""
    found = []
    for row in worksheet.rows(RULES):
        if "kind" not in row.answers:
            continue
        written = _written(row, board)
        because, text = str(row.answers.get("because", "")), words.text("workgroups.rule_open")
        rules: tuple[GroupRule, ...] = ()
        problem = _lacking(written, board, words)
        if not problem:
            try:
                rules = tuple(rules_of([written], board.roster))
                text = rule_sentence(written, words)
            except InputError as trouble:
                problem = str(trouble).removeprefix(f"{row.id}: ")
        found.append(BoardRule(row.id, written, _sentence(text), because, problem, rules))
    return found


def _lacking(one: Written, board: Board, words: Words) -> str:
    """What has to be entered before this can be a rule; "" if nothing."""
    kind = one["kind"]
    if kind == "hours":
        hours = board.roster.attribute(board.titles[HOURS]).values
        unclear = [name for name, it in zip(board.roster.names, hours, strict=True) if not it]
        if unclear:
            named = ", ".join([*unclear[:SHOWN], "…"] if len(unclear) > SHOWN else unclear)
            return words.text("workgroups.rule_needs.hours", people=named)
    if kind == "wishes" and not any(board.wishes):
        return words.text("workgroups.rule_needs.wishes")
    if kind in (*COUNTS, "hours") and "count" not in one:
        return words.text("workgroups.rule_needs.count")
    if kind == "wishes" and "share" not in one:
        return words.text("workgroups.rule_needs.share")
    takes = KINDS[kind]
    if "people" in takes and "people" not in one and "attribute" not in one:
        return words.text("workgroups.rule_needs.people")
    if kind in COUNTS and "people" not in one and "value" not in one:
        return words.text("workgroups.rule_needs.value")
    return ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _written(row: Row, board: Board) -> Written:
    said = row.answers
    kind = str(said["kind"])
    one: dict[str, Any] = {"kind": kind, "id": row.id}
    if kind in OF_ONE:
        one["attribute"] = board.titles[OF_ONE[kind]]
    elif who := [it.strip() for it in str(said.get("who", "")).split(",") if it.strip()]:
        one["people"] = who
    elif "attribute" in said:
        one["attribute"] = board.titles[str(said["attribute"])]
        if "value" in said:
            one["value"] = str(said["value"])
    if kind in (*COUNTS, "hours") and "count" in said:
        one["count"] = int(str(said["count"]))
    if kind == "wishes" and "share" in said:
        one["share"] = int(str(said["share"])) / 100
    return one


def broken_rows(rules: Sequence[BoardRule], labels: Sequence[int], groups: int) -> list[str]:
    """The rows of the rules that groups with these labels break; a group may be empty."""
    sizes = [list(labels).count(at) for at in range(groups)]
    kept = [rule for one in rules for rule in one.rules]
    ids = set(broken(labels, sizes, kept))
    return [one.row for one in rules if any(rule.id in ids for rule in one.rules)]


# --------------------------------------------------------------------------- what it shows


def missing_views(board: Board) -> dict[int, list[str]]:
    """For each group the answers that others give and nobody in it does; none of an empty one."""
    found: dict[int, list[str]] = {}
    for number in range(1, board.count + 1):
        own = [at for at, it in enumerate(board.groups) if it == number]
        found[number] = [
            view
            for one in board.compared.attributes
            for view in dict.fromkeys(view_of(one, value) for value in one.values)
            if own and view and view not in {view_of(one, one.values[at]) for at in own}
        ]
    return found


def rare_of(board: Board) -> dict[str, str]:
    """Of each row the answer that fewest people give, where at most a quarter do."""
    every = board.compared.attributes
    counts = {one.name: Counter(view_of(one, it) for it in one.values) for one in every}
    found = {}
    for at, row in enumerate(board.rows):
        own = [
            (counts[one.name][view], one.thing if one.of else _answer(board, one, at))
            for one in every
            if (view := view_of(one, one.values[at]))
        ]
        if own and min(own)[0] <= RARE_SHARE * len(board.rows):
            found[row] = min(own)[1]
    return found


def _answer(board: Board, one: Attribute, at: int) -> str:
    """What somebody said, where a number stands in its band."""
    return str(board.roster.attribute(one.name).values[at])


def compared_sentence(board: Board, words: Words) -> str:
    """What people are compared by, and what is left out of it; "" where nobody says anything."""
    told = []
    if columns := list(dict.fromkeys(one.column for one in board.compared.attributes)):
        told.append(words.text("workgroups.different_in", attributes=", ".join(columns)))
    if board.left_out:
        columns = list(board.left_out)
        told.append(words.text("workgroups.not_compared", columns=", ".join(columns)))
    return " ".join(told)


def wishes_sentence(board: Board, words: Words) -> str:
    """How many of those with a wish are in a group that they wished for; "" where nobody has."""
    asked = [(own, number) for own, number in zip(board.wishes, board.groups, strict=True) if own]
    met = sum(number in own for own, number in asked)
    told = {"met": met, "count": len(asked)}
    return words.text("workgroups.wishes_met", **told) if asked else ""


def difference_inside(board: Board, labels: Sequence[int]) -> float:
    """The sum of the differences of all pairs in one group, as `gower` counts them; without NumPy,
    which no page loads before a search."""
    pairs = [
        (one, other)
        for other in range(len(labels))
        for one in range(other)
        if labels[one] == labels[other]
    ]
    own = Counter(it.column for it in board.compared.attributes)
    differing = sum(
        sum(it.values[one] != it.values[other] for one, other in pairs) / own[it.column]
        for it in board.compared.attributes
    )
    return differing / max(len(own), 1)


def missing_sentence(views: Sequence[str], words: Words) -> str:
    """Whose view a group lacks."""
    if not views:
        return words.text("workgroups.no_view_missing")
    shown, more = ", ".join(views[:MISSING_SHOWN]), len(views) - MISSING_SHOWN
    key = "missing_more" if more > 0 else "missing_view"
    return words.text(f"workgroups.{key}", views=shown, count=more)


def feasible_sentence(people: int, low: int, high: int, words: Words) -> str:
    """Into how many groups of `low` to `high` so many people can go; "" of nobody."""
    found = group_numbers(people, low, high)
    told = {"people": people, "low": low, "high": high}
    if not people:
        return ""
    if not found:
        return words.text("workgroups.feasible_none", **told)
    if len(found) == 1:
        return words.text("workgroups.feasible_one", least=found[0], **told)
    return words.text("workgroups.feasible", least=found[0], most=found[-1], **told)


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The board in sentences, without codes. Nothing where the people are left out, and with them
    what is asked of them."""
    if not worksheet.rows(PEOPLE):
        return []
    board = board_of(sheet, worksheet, framework.words)
    sizes = Counter(board.groups)
    views = missing_views(board)
    say = framework.words.text
    return [
        say(
            "workgroups.line",
            number=at,
            size=sizes[at],
            missing=missing_sentence(views[at], framework.words),
        )
        for at in range(1, board.count + 1)
        if sizes[at]
    ]
