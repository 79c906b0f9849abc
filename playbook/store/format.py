"""A workspace as plain JSON data: its form, and every check that needs no more than one value.

    {"format": "redefining-work-playbook", "version": 1, "worksheets": [
      {"id", "sheet", "name", "created", "changed", "seq",
       "fields": {field: {"value", "rev"}},
       "operations": [
         {"seq", "op_id", "device", "kind", "version", "at", "undoes", "settles",
          "events": [{"field", "value", "base_rev", "rev", "erased"}]}]}]}

What the numbers mean is in schema.py. `fields` follows from the operations; it is there for
readers who only want the answers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationError
from pydantic_core import PydanticCustomError

from playbook.model import InputError
from playbook.model.storage import Stored
from playbook.store import check
from playbook.store.errors import store_text

FORMAT = "redefining-work-playbook"
FORMAT_VERSION = 1

_OURS = "input"
_YEARS = range(1970, 3000)  # beyond, some systems can't show a time in their own zone
T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


def _checked(checker: Callable[[Any], T]) -> PlainValidator:
    def run(given: Any) -> T:
        try:
            return checker(given)
        except InputError as error:
            raise PydanticCustomError(_OURS, "{text}", {"text": str(error)}) from None

    return PlainValidator(run)


def _moment(given: Any) -> datetime:
    try:
        at = datetime.fromisoformat(given)
        if at.tzinfo and at.year in _YEARS:
            return at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    raise InputError(store_text("input.time"))


def _positive(given: Any) -> int:
    return check.number(given, "This", least=1)


def _positive_or_none(given: Any) -> int | None:
    return None if given is None else _positive(given)


Count = Annotated[int, _checked(partial(check.number, what="This"))]
Positive = Annotated[int, _checked(_positive)]
PositiveOrNone = Annotated[int | None, _checked(_positive_or_none)]
UtcText = Annotated[datetime, _checked(_moment)]
Field = Annotated[str, _checked(check.field)]
Value = Annotated[Stored, _checked(check.value)]


class StrictData(BaseModel):
    """Nothing is converted, nothing is left over."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class FieldData(StrictData):
    """A field's current value."""

    value: Value
    rev: Positive


class EventData(StrictData):
    """One change; `rev` is None for one that was kept aside."""

    field: Field
    value: Value
    base_rev: Count
    rev: PositiveOrNone
    erased: bool


class OperationData(StrictData):
    """What a device did at once."""

    seq: Positive
    op_id: Annotated[str, _checked(check.op_id)]
    device: Annotated[str, _checked(check.device)]
    kind: Annotated[str, _checked(check.kind)]
    version: Positive
    at: UtcText
    undoes: PositiveOrNone
    settles: PositiveOrNone
    events: list[EventData]


class WorksheetData(StrictData):
    """A worksheet with its whole history."""

    id: Annotated[str, _checked(check.worksheet_id)]
    sheet: Annotated[str, _checked(check.sheet)]
    name: Annotated[str, _checked(check.name)]
    created: UtcText
    changed: UtcText
    seq: Count
    fields: dict[Field, FieldData]
    operations: list[OperationData]


class WorkspaceData(StrictData):
    """An export."""

    format: str
    version: int
    worksheets: list[WorksheetData]


def parse(data: Any) -> list[WorksheetData]:
    """The worksheets of an export; InputError that says where it is wrong, and what."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputError(store_text("import.not_ours"))
    if data.get("version") != FORMAT_VERSION:
        found = check.shown(data.get("version"))
        raise InputError(store_text("import.version", found=found, known=FORMAT_VERSION))
    return validated(WorkspaceData, data).worksheets


def validated(model: type[M], data: Any) -> M:
    """The data as a model; InputError that says where it is wrong, and what."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        problem = first["msg"] if first["type"] == _OURS else _problem(first["type"])
        raise refusal(_where(first["loc"]), problem) from None


def refusal(where: str, problem: str) -> InputError:
    """An import that can't be taken, as one sentence."""
    return InputError(store_text("import.trouble", where=where, problem=problem.rstrip(".")))


def _where(path: tuple[int | str, ...]) -> str:
    """("worksheets", 0, "seq") as "worksheets[0].seq"; a name is the file's, so it may be odd."""
    limit = 60
    steps = [f"[{step}]" if isinstance(step, int) else f".{ascii(step)[1:-1]}" for step in path]
    return "".join(step[:limit] for step in steps).removeprefix(".")


def _problem(kind: str) -> str:
    """A complaint of pydantic's in words for people who never heard of it."""
    named = {"missing": "import.missing", "extra_forbidden": "import.unknown"}
    return store_text(named.get(kind, "import.kind"))
