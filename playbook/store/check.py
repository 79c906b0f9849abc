"""What the store takes: form and size of everything that comes in, from a page or from a file.

Each function returns what to store, or raises InputError with one sentence.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from typing import Any

from playbook.model import InputError
from playbook.model.storage import Operation, Set, Stored
from playbook.store.errors import store_text
from playbook.store.ledger import OWN_KINDS

ID_LENGTH = 64
NAME_LENGTH = 200
TEXT_LENGTH = 100_000
ITEMS = 1_000
LARGEST = 2**53
"""The largest whole number that JSON carries exactly everywhere."""

_ID = re.compile(rf"[A-Za-z0-9_-]{{1,{ID_LENGTH}}}")
_SLUG = re.compile(r"_?[a-z][a-z0-9_]{0,59}")  # _example is a field of the program's own
_ROW = re.compile(r"[a-z0-9]{1,40}")
_FIELD = re.compile(rf"{_SLUG.pattern}(/{_ROW.pattern}(/{_SLUG.pattern})?)?")
_BROKEN = re.compile(r"[\x00\ud800-\udfff]")


def operation(given: Operation) -> Operation:
    """An operation with every part of it checked."""
    sets = tuple(_set(item) for item in given.sets)
    for name, times in Counter(item.field for item in sets).items():
        if times > 1:
            raise InputError(store_text("input.field_twice", given=name), name)
    if kind(given.kind) in OWN_KINDS:
        raise InputError(store_text("input.own_kind", given=given.kind))
    return Operation(
        op_id(given.op_id), device(given.device), given.kind, version(given.version), sets
    )


def _set(given: Set) -> Set:
    name = field(given.field)
    try:
        base_rev = None if given.base_rev is None else number(given.base_rev, "A revision")
        return Set(name, value(given.value), base_rev)
    except InputError as error:
        raise InputError(str(error), name) from None


def op_id(given: Any) -> str:
    """The id of an operation: a UUID, or anything as harmless."""
    return _identifier(given, "An op_id")


def device(given: Any) -> str:
    """The id that a browser gave itself."""
    return _identifier(given, "A device")


def worksheet_id(given: Any) -> str:
    """The id of a worksheet."""
    return _identifier(given, "A worksheet's id")


def workspace(given: Any) -> str:
    """The id of a workspace."""
    return _identifier(given, "A workspace's id")


def kind(given: Any) -> str:
    """What an operation is called in the history."""
    return _slug(given, "A kind of operation")


def sheet(given: Any) -> str:
    """The id of a sheet; whether there is such a sheet is not the store's to know."""
    return _slug(given, "A sheet's id")


def version(given: Any) -> int:
    """A content version."""
    return number(given, "A version", least=1)


def field(given: Any) -> str:
    """A field's name: question, table/row or table/row/question."""
    if isinstance(given, str) and _FIELD.fullmatch(given):
        return given
    raise InputError(store_text("input.field", given=shown(given)))


def is_row(name: str) -> bool:
    """Whether a field is a row (table/row), which has fields of its own."""
    return name.count("/") == 1


def name(given: Any) -> str:
    """A worksheet's name, unchanged."""
    if isinstance(given, str) and 1 <= len(given) <= NAME_LENGTH and not _BROKEN.search(given):
        return given
    raise InputError(store_text("input.name", limit=NAME_LENGTH, given=shown(given)))


def number(given: Any, what: str, least: int = 0) -> int:
    """A whole number from `least` up."""
    if isinstance(given, int) and not isinstance(given, bool) and least <= given <= LARGEST:
        return given
    raise InputError(store_text("input.number", what=what, least=least, given=shown(given)))


def value(given: Any) -> Stored:
    """A field's value, unchanged; whole numbers become floats, so one that is none is refused."""
    if given is None or isinstance(given, str):
        return given if given is None else _text(given)
    if isinstance(given, list):
        return _items(given)
    number = isinstance(given, int | float) and not isinstance(given, bool)
    if number and abs(given) <= sys.float_info.max and float(given) == given:  # false for NaN, too
        return float(given)
    raise InputError(store_text("input.value", given=shown(given)))


def _items(given: list[Any]) -> list[str]:
    if len(given) > ITEMS or not all(isinstance(item, str) for item in given):
        raise InputError(store_text("input.items", limit=ITEMS))
    _text("".join(given))
    return list(given)


def _text(given: str) -> str:
    if len(given) > TEXT_LENGTH:
        raise InputError(store_text("input.long", limit=TEXT_LENGTH, length=len(given)))
    if _BROKEN.search(given):
        raise InputError(store_text("input.text"))
    return given


def _identifier(given: Any, what: str) -> str:
    if isinstance(given, str) and _ID.fullmatch(given):
        return given
    raise InputError(store_text("input.id", what=what, limit=ID_LENGTH, given=shown(given)))


def _slug(given: Any, what: str) -> str:
    if isinstance(given, str) and _SLUG.fullmatch(given):
        return given
    raise InputError(store_text("input.slug", what=what, given=shown(given)))


def shown(given: Any) -> str:
    """What was given, short, and with nothing that would bend a sentence or a terminal."""
    if isinstance(given, str):
        limit = 40
        return ascii(given[:limit])
    if isinstance(given, int) and abs(given) > LARGEST:
        return "a huge number"
    if given is None or isinstance(given, int | float):
        return str(given)
    return f"a {type(given).__name__}"
