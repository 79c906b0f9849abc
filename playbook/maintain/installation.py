"""All of an installation as plain JSON data, and back into empty files or an empty database: to
move to another machine, or to read without this program.

    {"format": "redefining-work-playbook-installation", "version": 2,
     "solo": null or a file, "cohorts": null or a file}

A file is {"workspaces": [{"id", "created", "erased": [ids], "worksheets": [as in format.py]}],
"tables": {table: [{column: value}]}}. Whatever opens a door is left out: passwords, private links,
codes, signed-in browsers. So trainers and participants get new ones. Left out is the gallery too:
its pages are HTML, and a file is no place to take HTML from. The worksheets that they were made of
are there, so whoever wants shows theirs again.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, closing, nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, TypeAdapter, ValidationError
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    Table,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError

from playbook.cohort.aggregate import How, Result
from playbook.cohort.agreements import OUTCOMES
from playbook.cohort.own_questions import Fact, Form, OwnQuestion
from playbook.cohort.polls import SECOND_PARTS, State
from playbook.cohort.seating import WAYS
from playbook.cohort.types import Role
from playbook.cohort.wall import KINDS as WALL_KINDS
from playbook.model import InputError, Question
from playbook.model.programme import Step
from playbook.store import check, exchange
from playbook.store.class_schema import (
    account,
    agreed,
    cohort,
    device,
    invitation,
    member,
    offer,
    pairing,
    poll,
    prepared,
    published,
    room,
    step,
)
from playbook.store.database import Place, is_there, open_database
from playbook.store.errors import store_text
from playbook.store.format import StrictData, WorksheetData, refusal, validated
from playbook.store.format import UtcText as MomentText
from playbook.store.replay import replay
from playbook.store.schema import VERSION, Json, UtcTime, erased, metadata, worksheet
from playbook.store.schema import workspace as workspaces
from playbook.store.sqlite.file import FileLock, make_private, unless_held

FORMAT = "redefining-work-playbook-installation"

_OF_WORKSHEETS = {"workspace", "upkeep", "worksheet", "erased", "operation", "event", "current"}
_LEFT_OUT = {device, invitation, pairing, offer}
_SECRETS = {
    account: {"password"},
    member: {"resume"},
    cohort: {"join_code", "join_seed", "joins_left"},
}
TABLES = {
    table.name: table
    for table in metadata.sorted_tables  # a row after the rows that it names
    if table.name not in _OF_WORKSHEETS and table not in _LEFT_OUT
}
"""The tables of classes and their people that are told, row by row."""

_CHOICES: dict[Column[Any], tuple[str, ...]] = {
    member.c.role: tuple(Role),
    poll.c.state: get_args(State),
    poll.c.hands: get_args(How),
    poll.c.form: ("", *get_args(Form), *SECOND_PARTS),
    agreed.c.review: OUTCOMES,
    room.c.wall: WALL_KINDS,
    room.c.teams_by: WAYS,
}
_FROZEN: dict[Column[Any], type[BaseModel]] = {
    poll.c.asked: Question,
    poll.c.fact: Fact,
    prepared.c.asked: OwnQuestion,
    published.c.result: Result,
    step.c.given: Step,
}
"""What a vote or a plan keeps as JSON text."""


class WorkspaceContent(StrictData):
    """A workspace with all its worksheets."""

    id: Annotated[str, AfterValidator(check.workspace)]
    created: MomentText
    erased: list[str]
    worksheets: list[WorksheetData]


class FileContent(StrictData):
    """What is in one file."""

    workspaces: list[WorkspaceContent]
    tables: dict[str, list[dict[str, Any]]]


class Installation(StrictData):
    """What a machine has."""

    format: str
    version: int
    solo: FileContent | None
    cohorts: FileContent | None


def export_all(solo: Place, cohorts: Place) -> dict[str, Any]:
    """All that is in those of these places that are there. StoreError while a server holds a
    file."""
    places = {"solo": solo, "cohorts": cohorts}
    content = {name: _export(place) if is_there(place) else None for name, place in places.items()}
    return {"format": FORMAT, "version": VERSION} | content


def _export(place: Place) -> dict[str, Any]:
    with (
        unless_held(place) if isinstance(place, Path) else nullcontext(),
        closing(open_database(place)) as database,
        database.read() as connection,
    ):
        places = connection.execute(select(workspaces).order_by(workspaces.c.created)).all()
        return {
            "workspaces": [_place(connection, row.id, row.created) for row in places],
            "tables": {name: _rows(connection, table) for name, table in TABLES.items()},
        }


def parse(data: Any) -> Installation:
    """The data of an export; InputError that says what is wrong with it, and where."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputError(store_text("import.not_ours"))
    if data.get("version") != VERSION:
        found = check.shown(data.get("version"))
        raise InputError(store_text("import.other_version", found=found, known=VERSION))
    return validated(Installation, data)


def import_all(data: Any, solo: Place, cohorts: Place) -> None:
    """Fill these places, which must be empty or missing: all or nothing.

    InputError for data that is no such export, or a place that has something already; StoreError
    while a server holds one.
    """
    given = parse(data)
    with ExitStack() as stack:
        for place, content in ((solo, given.solo), (cohorts, given.cohorts)):
            if content:
                if isinstance(place, Path):
                    make_private(place)
                    stack.enter_context(FileLock(place))
                held = not isinstance(place, Path)
                database = stack.enter_context(closing(open_database(place, held=held)))
                _fill(stack.enter_context(database.write()), place, content)


# -- out


def _place(connection: Connection, workspace: str, created: datetime) -> dict[str, Any]:
    gone = select(erased.c.worksheet).where(erased.c.workspace == workspace)
    return {
        "id": workspace,
        "created": created.isoformat(),
        "erased": sorted(connection.scalars(gone)),
        "worksheets": exchange.export(connection, workspace)["worksheets"],
    }


def _told(table: Table) -> dict[str, Column[Any]]:
    secret = _SECRETS.get(table, set())
    return {column.name: column for column in table.c if column.name not in secret}


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    query = select(*_told(table).values()).order_by(*table.primary_key)
    return [
        {name: _as_json(value) for name, value in row.items()}
        for row in connection.execute(query).mappings()
    ]


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value  # a datetime is one


# -- in


def _fill(connection: Connection, place: Place, content: FileContent) -> None:
    for table in (worksheet, account, cohort):
        if connection.scalar(select(func.count()).select_from(table)):
            sort = "import" if isinstance(place, Path) else "database"
            raise InputError(store_text(f"{sort}.not_empty", path=place))
    connection.execute(delete(workspaces))  # of a store that was opened and never used
    if content.tables.keys() - TABLES.keys():
        raise refusal("tables", store_text("import.unknown"))
    try:
        for number, there in enumerate(content.workspaces):
            _add_place(connection, there, f"workspaces[{number}]")
        for name, table in TABLES.items():
            _add_rows(connection, table, content.tables.get(name, []))
    except IntegrityError:
        raise refusal("tables", store_text("import.loose")) from None


def _add_place(connection: Connection, place: WorkspaceContent, where: str) -> None:
    row = {"id": place.id, "created": place.created}
    connection.execute(insert(workspaces).values(row))
    for number, data in enumerate(place.worksheets):
        replayed = replay(data, f"{where}.worksheets[{number}]")
        exchange.insert(connection, place.id, data, replayed)
    for gone in place.erased:
        row = {"worksheet": check.worksheet_id(gone), "workspace": place.id}
        connection.execute(insert(erased).values(row))


def _add_rows(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    told = _told(table)
    own = [it.name for it in table.c for link in it.foreign_keys if link.column.table is table]
    for number, row in sorted(enumerate(rows), key=lambda it: any(it[1].get(name) for name in own)):
        where = f"tables.{table.name}[{number}]"
        if row.keys() != told.keys():
            raise refusal(where, store_text("import.columns"))
        values = {name: _value(told[name], row[name], f"{where}.{name}") for name in told}
        connection.execute(insert(table).values(values))


def _value(column: Column[Any], given: Any, where: str) -> Any:
    """What to store for a column's JSON value."""
    if given is None and column.nullable:
        return None
    known = _CHOICES.get(column)
    if known and given not in known:
        problem = store_text("import.choice", given=check.shown(given), known=", ".join(known))
        raise refusal(where, problem)
    try:
        if column in _FROZEN:
            _FROZEN[column].model_validate_json(given)
        return _READ.get(type(column.type), _read_text)(given)
    except (TypeError, ValueError, ValidationError, InputError):
        raise refusal(where, store_text("import.kind")) from None


def _read_text(given: Any) -> str:
    if not isinstance(given, str) or "\x00" in given:
        raise TypeError
    given.encode()  # a half character is a UnicodeEncodeError, which is a ValueError
    return given


def _read_json(given: Any) -> Any:
    pairs = given.items() if isinstance(given, Mapping) else ()
    items = given if isinstance(given, list) else [part for pair in pairs for part in pair]
    for item in items:
        _read_json(item)
    return _read_text(given) if isinstance(given, str) else given


def _read_exactly(kind: type) -> Any:
    def read(given: Any) -> Any:
        if type(given) is not kind:  # a bool is an int, and is none
            raise TypeError
        return given

    return read


_READ = {
    UtcTime: TypeAdapter(MomentText).validate_python,
    Date: date.fromisoformat,
    Boolean: _read_exactly(bool),
    Integer: _read_exactly(int),
    Json: _read_json,
}
