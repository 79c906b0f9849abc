"""A list of people with what is known of them, as one value.

How it is read from what people paste or upload is playbook.worksheet.roster_file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from playbook.model import InputError
from playbook.worksheet.numbers import brief

Known = str | float | bool | frozenset[int] | None
"""What a person's cell says: a category, a number, yes or no, or the hours of a week (0 is Monday's
first) in which they are there; None where it is blank."""


BANDS = 4
"""Into how many bands numbers go, unless somebody asks for others."""


@dataclass(frozen=True)
class Attribute:
    """One thing that is known of everybody: a value a person, None where it is blank.

    `of`: the column that it came from. A column that lists several things ("Python; Excel") becomes
    one yes_no attribute for each, which share its weight.
    """

    name: str
    kind: Literal["category", "number", "yes_no", "hours"]
    values: tuple[Known, ...]
    of: str = ""

    @property
    def column(self) -> str:
        """The column that it came from: its own name, unless that column became several."""
        return self.of or self.name

    @property
    def thing(self) -> str:
        """What is listed, where its column lists several things: "Python"; else its own name."""
        return self.name.removeprefix(f"{self.of}: ") if self.of else self.name


@dataclass(frozen=True)
class Roster:
    """People and their attributes. No two people and no two attributes have one name."""

    names: tuple[str, ...]
    attributes: tuple[Attribute, ...] = ()

    def __post_init__(self) -> None:
        _check_once(self.names, "people")
        _check_once([one.name for one in self.attributes], "attributes")
        for one in self.attributes:
            if len(one.values) != len(self.names):
                raise InputError(
                    f"{brief(one.name)} has {len(one.values)} values for {len(self.names)} people; "
                    "give one for each."
                )

    def attribute(self, name: str) -> Attribute:
        """The attribute of this name; InputError when there is none."""
        for one in self.attributes:
            if one.name.casefold() == name.strip().casefold():
                return one
        known = ", ".join(one.name for one in self.attributes) or "nothing"
        raise InputError(f"The roster has no attribute {brief(name)}; it has {known}.")

    def place(self, name: str) -> int:
        """Where the person stands, 0 being the first; InputError when nobody is called so."""
        if name in self.names:
            return self.names.index(name)
        near = [at for at, one in enumerate(self.names) if one.casefold() == name.casefold()]
        if len(near) != 1:
            raise InputError(f"Nobody on the roster is called {brief(name)}.")
        return near[0]

    def listed(self, column: str) -> tuple[Attribute, ...]:
        """The attributes that a column of lists became; none where it is no such column."""
        asked = column.strip().casefold()
        return tuple(one for one in self.attributes if one.of and one.of.casefold() == asked)

    def answers(self, name: str) -> tuple[str, ...]:
        """What people say of `name`, each once: its values, or the things that it lists."""
        if listed := self.listed(name):
            return tuple(one.thing for one in listed)
        values = dict.fromkeys(self.attribute(name).values)
        return tuple(said(it) for it in values if it is not None and it is not False)

    def who(self, name: str, value: str) -> tuple[int, ...]:
        """The people whose attribute `name` is `value`, or who list it, however it is capitalised.

        InputError when there is no such attribute, or nobody has the value.
        """
        asked = value.strip().casefold()
        for each in self.listed(name):
            if each.thing.casefold() == asked:
                return tuple(at for at, it in enumerate(each.values) if it)
        if listed := self.listed(name):
            known = ", ".join(sorted(each.thing for each in listed)[:8])
            raise InputError(f"Nobody has {brief(name)} {brief(value)}; there is {known}.")
        one = self.attribute(name)
        found = tuple(at for at, it in enumerate(one.values) if said(it).casefold() == asked)
        if not found:
            known = ", ".join(sorted({said(it) for it in one.values if it is not None})[:8])
            raise InputError(f"Nobody has {brief(name)} {brief(value)}; there is {known}.")
        return found

    def only(self, columns: Sequence[str]) -> Roster:
        """The same people with the attributes of these columns alone; InputError for an unknown."""
        asked = {column.strip().casefold() for column in columns}
        known = {one.column.casefold() for one in self.attributes}
        for column in columns:
            if column.strip().casefold() not in known:
                self.attribute(column)
        kept = (one for one in self.attributes if one.column.casefold() in asked)
        return replace(self, attributes=tuple(kept))


def banded(roster: Roster, bands: int = BANDS) -> Roster:
    """The same roster, each number replaced by its band: up to so many, of about as many people.

    People with one value are in one band. A band is a category, called "3–7" after its least and
    most.
    """
    made = (_banded(one, bands) if one.kind == "number" else one for one in roster.attributes)
    return replace(roster, attributes=tuple(made))


def _banded(one: Attribute, bands: int) -> Attribute:
    known = sorted(it for it in one.values if isinstance(it, int | float))
    edges = sorted({known[len(known) * band // bands] for band in range(1, bands)} if known else ())

    def band_of(value: float) -> int:
        return sum(value >= edge for edge in edges)

    found = [list(own) for _, own in groupby(known, key=band_of)]
    names = {band_of(own[0]): f"{own[0]:g}–{own[-1]:g}" for own in found}
    values = (names[band_of(it)] if isinstance(it, int | float) else None for it in one.values)
    return replace(one, kind="category", values=tuple(values))


def said(value: Known) -> str:
    """A value as people write it; "" where it is blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _check_once(names: Sequence[str], what: str) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise InputError(f"Two {what} are called {brief(twice[0])}; give each a name of its own.")
