"""A store's methods as messages: what may be called from afar, its arguments and results as JSON.

Both ends read the same signatures, those of `Store`; arguments are checked strictly on arrival.
What writes answers is not offered: from afar a change is planned and validated where the store is,
by `apply`.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol, get_type_hints

from pydantic import BaseModel, ConfigDict, TypeAdapter, create_model

from playbook.model import InputError, PlaybookError, StoreError
from playbook.model.storage import Outcome, Store
from playbook.store.errors import GoneError, UndoError


class HostInfo(BaseModel):
    """What a page's kernel is told of where it is.

    `device` names the page's browser in the history; `privacy` says who sees the answers, and until
    when.
    """

    model_config = ConfigDict(frozen=True)

    device: str
    privacy: str


class RemoteCalls(Protocol):
    """What can be asked from afar besides the methods of a store."""

    def apply(self, worksheet: str, change: dict[str, Any]) -> Outcome:
        """Validate and commit one change; playbook.editing.apply says how."""

    def about(self) -> HostInfo:
        """Where this is, and for whom."""

    def others(self, worksheet: str) -> list[str]:
        """The names of the other people who have the worksheet open now."""


WRITING = {"commit", "committed", "undo", "redo", "resolve"}
CALLS: Mapping[str, Any] = {
    name: function
    for of in (Store, RemoteCalls)
    for name, function in vars(of).items()
    if inspect.isfunction(function) and not name.startswith("_") and name not in WRITING
}
"""What may be called, by name."""

ERRORS: Mapping[str, type[PlaybookError]] = {
    error.__name__: error for error in (GoneError, UndoError, StoreError, InputError, PlaybookError)
}


@cache
def arguments(name: str) -> type[BaseModel]:
    """The arguments of a call, strict, as a model."""
    hints = get_type_hints(CALLS[name])
    given = inspect.signature(CALLS[name]).parameters.values()
    fields: dict[str, Any] = {
        each.name: (hints[each.name], ... if each.default is each.empty else each.default)
        for each in given
        if each.name != "self"
    }
    strict = ConfigDict(extra="forbid", strict=True)
    return create_model(name, __config__=strict, **fields)


@cache
def result(name: str) -> TypeAdapter[Any]:
    """The result of a call."""
    return TypeAdapter(get_type_hints(CALLS[name])["return"])


def error_data(error: PlaybookError) -> dict[str, str | None]:
    """An error as it travels: its kind, its sentence, its field."""
    kind = next((name for name, known in ERRORS.items() if isinstance(error, known)), "StoreError")
    return {"error": kind, "text": str(error), "field": getattr(error, "field", None)}


def error_from(data: Mapping[str, Any]) -> PlaybookError:
    """The error that travelled."""
    kind, text = ERRORS.get(str(data.get("error")), StoreError), str(data.get("text"))
    error = kind(text)
    if isinstance(error, InputError | UndoError):
        error.field = data.get("field")
    return error
