"""Rules as people write them, by names and values, made into rules by places.

A rule is a table: `kind` is one of `KINDS`, and the rest says of whom. `people` names them, or
`attribute` with `value` picks them; `attribute` alone makes a rule for each of its values, where
that has a sense.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from playbook.analysis.workgroups.rules import (
    Apart,
    AtLeast,
    AtMost,
    CommonHours,
    FixedSeat,
    GroupRule,
    NoneOrTwo,
    SplitTeam,
    SpreadEvenly,
    Together,
    WishesMet,
)
from playbook.model import InputError
from playbook.worksheet.numbers import brief
from playbook.worksheet.roster import Known, Roster, said

Written = Mapping[str, Any]

KINDS: Mapping[str, frozenset[str]] = {
    "together": frozenset({"people", "attribute", "value"}),
    "apart": frozenset({"people", "attribute", "value"}),
    "split_team": frozenset({"people", "attribute", "value"}),
    "at_least": frozenset({"people", "attribute", "value", "count"}),
    "at_most": frozenset({"people", "attribute", "value", "count"}),
    "none_or_two": frozenset({"people", "attribute", "value"}),
    "spread": frozenset({"people", "attribute", "value"}),
    "lines": frozenset({"attribute"}),
    "seat": frozenset({"person", "group"}),
    "hours": frozenset({"attribute", "count"}),
    "wishes": frozenset({"attribute", "share"}),
}
"""What each kind may say beside `kind` and `id`."""

_OF_PEOPLE: Mapping[str, Callable[..., GroupRule]] = {
    "together": Together,
    "apart": Apart,
    "split_team": SplitTeam,
    "none_or_two": NoneOrTwo,
    "spread": SpreadEvenly,
}
_OF_COUNTS: Mapping[str, Callable[..., GroupRule]] = {"at_least": AtLeast, "at_most": AtMost}


def rules_of(written: Sequence[Written], roster: Roster) -> list[GroupRule]:
    """The rules that are written, for the people of `roster`.

    A rule without an `id` gets "rule 1" and so on; one for each value of an attribute has the id
    with the value behind it. InputError, with the rule's id, where one can't be read.
    """
    found: list[GroupRule] = []
    for place, one in enumerate(written, 1):
        name = str(one.get("id", f"rule {place}"))
        try:
            found += _read(name, one, roster)
        except InputError as problem:
            raise InputError(f"{name}: {problem}") from None
    return found


def _read(name: str, one: Written, roster: Roster) -> Iterator[GroupRule]:
    kind = _kind(one)
    if kind == "seat":
        group = _whole(one, "group", 1)
        yield FixedSeat(id=name, person=roster.place(_text(one, "person")), group=group - 1)
    elif kind == "hours":
        hours = roster.attribute(_text(one, "attribute"))
        if hours.kind != "hours":
            raise InputError(f"{brief(hours.name)} has no hours, such as Mon 9-12.")
        own = tuple(it if isinstance(it, frozenset) else frozenset() for it in hours.values)
        yield CommonHours(id=name, hours=own, count=_whole(one, "count", 1))
    elif kind == "wishes":
        wishes = _wishes(_text(one, "attribute"), roster)
        asked = sum(map(bool, wishes))
        yield WishesMet(id=name, wishes=wishes, count=-int(-asked * _share(one) // 1))
    elif kind == "lines":
        yield from _lines(name, roster.attribute(_text(one, "attribute")).values, roster)
    else:
        for more, people in _people(kind, one, roster):
            if kind in _OF_COUNTS:
                count = _whole(one, "count", 0)
                yield _OF_COUNTS[kind](id=name + more, people=people, count=count)
            else:
                yield _OF_PEOPLE[kind](id=name + more, people=people)


def _kind(one: Written) -> str:
    kind = str(one.get("kind", ""))
    if kind not in KINDS:
        raise InputError(f"kind is one of {', '.join(KINDS)}; not {brief(kind)}.")
    unknown = sorted(set(one) - KINDS[kind] - {"kind", "id"})
    if unknown:
        known = ", ".join(sorted(KINDS[kind]))
        raise InputError(f"A rule of the kind {kind} says {known}; not {brief(unknown[0])}.")
    return kind


def _people(kind: str, one: Written, roster: Roster) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Whom the rule is about, and what its id gets behind it: once, or for each value."""
    if "people" in one:
        named = one["people"]
        if isinstance(named, str) or not isinstance(named, Sequence) or not named:
            raise InputError(f"people is a list of names; not {brief(named)}.")
        yield "", tuple(sorted({roster.place(str(it)) for it in named}))
        return
    name = _text(one, "attribute")
    if "value" in one:
        yield "", roster.who(name, str(one["value"]))
        return
    if kind in _OF_COUNTS:
        raise InputError('Say of which value; such as value = "Claims".')
    for value in roster.answers(name):
        yield f" ({value})", roster.who(name, value)


def _lines(name: str, above: Sequence[Known], roster: Roster) -> Iterator[GroupRule]:
    """Everybody apart from the person whom their value names, where that person is listed."""
    listed = {said(it): at for at, it in enumerate(roster.names)}
    for person, it in enumerate(above):
        boss = listed.get(said(it), person)
        if boss != person:
            names = f"{roster.names[person]}, {roster.names[boss]}"
            yield Apart(id=f"{name} ({names})", people=(person, boss))


def _wishes(name: str, roster: Roster) -> tuple[frozenset[int], ...]:
    """The groups that each person wishes for: a column of group numbers, such as "1; 3"."""
    found: list[frozenset[int]] = []
    if by_column := roster.listed(name):
        for person in range(len(roster.names)):
            mine = (it for it in by_column if it.values[person])
            found.append(frozenset(_group(it.thing) for it in mine))
        return tuple(found)
    values = roster.attribute(name).values
    return tuple(frozenset() if it is None else frozenset({_group(said(it))}) for it in values)


def _group(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise InputError(f"Wishes are numbers of groups, such as 1; 3; not {brief(text)}.")
    return int(text) - 1


def _share(one: Written) -> float:
    share = one.get("share")
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        raise InputError(f"share is a number from 0 to 1; not {brief(share)}.")
    return float(share)


def _whole(one: Written, key: str, least: int) -> int:
    value = one.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InputError(f"{key} is a whole number of {least} or more; not {brief(value)}.")
    return value


def _text(one: Written, key: str) -> str:
    value = one.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{key} is missing; say which.")
    return value
