"""How far a class is with a sheet: counts of the class, without reading an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, Select, func, select

from playbook.cohort.types import Member, Role
from playbook.model import Sheet
from playbook.store import class_schema as schema
from playbook.store.database import SqlDatabase
from playbook.store.schema import current, worksheet
from playbook.worksheet.fields import EXAMPLE, address


@dataclass(frozen=True, slots=True)
class Progress:
    """How many participants have not begun, have begun, and have answered the first screen."""

    not_begun: int
    begun: int
    done: int


def people_stamp(database: SqlDatabase, who: Member) -> str:
    """Differs once somebody came, left or was moved, or the door did: cheap, to wait for that."""
    member, team, cohort = schema.member.c, schema.team.c, schema.cohort.c
    people = select(member.id, member.role, member.name, member.team)
    queries = (
        people.where(member.cohort == who.cohort),
        select(team.id).where(team.cohort == who.cohort),
        select(schema.cohort).where(cohort.id == who.cohort),
    )
    with database.read() as connection:
        return _short([connection.execute(query).all() for query in queries])


def work_stamp(database: SqlDatabase, who: Member) -> str:
    """Differs once somebody in the class wrote something."""
    here = worksheet.c.workspace.in_(_places(who.cohort))
    with database.read() as connection:
        return _short(connection.scalar(select(func.max(worksheet.c.turn)).where(here)))


def _short(seen: object) -> str:
    return f"{hash(repr(seen)) & 0xFFFFFFFF:x}"  # this process alone compares it


def progress(database: SqlDatabase, who: Member, sheet: Sheet) -> Progress:
    """How far the participants of `who`'s class are; a team is as far as its own worksheet."""
    with database.read() as connection:
        places = connection.scalars(_of_participants(who.cohort)).all()
        far: dict[str, set[str]] = {"not_begun": set(places), "begun": set(), "done": set()}
        for place, fields in _answered(connection, who.cohort, sheet):
            far["done" if _is_done(sheet, fields) else "begun"].add(place)
    far["begun"] -= far["done"]  # of several worksheets the furthest counts
    far["not_begun"] -= far["begun"] | far["done"]
    return Progress(**{name: sum(it in found for it in places) for name, found in far.items()})


def _of_participants(cohort: str) -> Select[str]:
    """The workspace where each participant works; a team's as often as it has members."""
    member, team = schema.member.c, schema.team.c
    everybody = schema.member.outerjoin(schema.team, team.id == member.team)
    return (
        select(func.coalesce(team.workspace, member.workspace))
        .select_from(everybody)
        .where(member.cohort == cohort, member.role == Role.PARTICIPANT)
    )


def _places(cohort: str) -> Select[str]:
    """Every workspace of a class."""
    member, team = schema.member.c, schema.team.c
    own = select(member.workspace).where(member.cohort == cohort)
    shared = select(team.workspace).where(team.cohort == cohort)
    return select(own.union(shared).subquery().c.workspace)


def _answered(connection: Connection, cohort: str, sheet: Sheet) -> Iterator[tuple[str, Set[str]]]:
    """Workspace and names of the fields with an answer, by worksheet; our example is none."""
    query = (
        select(worksheet.c.workspace, worksheet.c.id, current.c.field)
        .join(current, current.c.worksheet == worksheet.c.id)
        .where(worksheet.c.workspace.in_(_places(cohort)), worksheet.c.sheet == sheet.id)
        .where(current.c.value.is_not(None))
        .order_by(worksheet.c.workspace, worksheet.c.id)
    )
    for (place, _), rows in groupby(connection.execute(query), key=lambda row: row[:2]):
        fields = {row.field for row in rows}
        own = {field for field in fields if field.startswith("_")}  # the program's, not theirs
        answers = {field for field in fields - own if address(field).question}
        if answers and EXAMPLE not in fields:
            yield place, fields


def _is_done(sheet: Sheet, fields: Set[str]) -> bool:
    """Whether what everybody is asked on the first screen has an answer, in one row at least."""
    wanted: dict[str | None, set[str]] = defaultdict(set)
    for section in sheet.sections:
        asked = [it.id for it in section.questions if not it.optional and not it.ask_if]
        wanted[section.table].update([] if section.deeper else asked)
    given: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    rows = {at for at in map(address, fields) if at.question is None}
    for at in map(address, fields):
        if at.question and (at.table is None or (at.table, at.row, None) in rows):
            given[at.table, at.row].add(at.question)
    return all(
        any(ids <= found for (where, _), found in given.items() if where == table)
        for table, ids in wanted.items()
        if ids
    )
