"""All rows of one database into another, whichever of the two sorts either is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from playbook.store.schema import metadata, upkeep

_AT_ONCE = 500
"""Rows that are read and written together."""

_Row = Mapping[str, Any]


def copy_rows(
    source: Connection, target: Connection, between: Callable[[], None] = lambda: None
) -> dict[str, int]:
    """Put every row into the empty tables of `target`; how many there are, by table.

    `between` is called now and then, and may raise to give up.
    """
    counted = {upkeep.name: 1}  # each database has its own
    for table in _told():
        counted[table.name] = 0
        for rows in _portions(source, table):
            target.execute(insert(table), rows)
            counted[table.name] += len(rows)
            between()
    return counted


def clear(target: Connection) -> None:
    """Remove every row."""
    for table in reversed(_told()):
        target.execute(delete(table))


def _told() -> list[Table]:
    """The tables, each after those that its rows name."""
    return [table for table in metadata.sorted_tables if table is not upkeep]


def _portions(source: Connection, table: Table) -> Iterator[list[_Row]]:
    query = select(table).order_by(*table.primary_key)
    names = [it.name for it in table.c for link in it.foreign_keys if link.column.table is table]
    if names:  # a row may name another one of the same table, which goes first
        (key,) = table.primary_key
        rows = [dict(row) for row in source.execute(query).mappings()]
        yield from _by_turns(rows, key.name, names)
        return
    streamed = source.execution_options(yield_per=_AT_ONCE).execute(query)
    for part in streamed.mappings().partitions():
        yield [dict(row) for row in part]


def _by_turns(rows: Sequence[_Row], key: str, names: Sequence[str]) -> Iterator[list[_Row]]:
    """Portions whose rows name only rows of the portions before."""
    there: set[Any] = {None}
    while rows:
        ready = [row for row in rows if all(row[name] in there for name in names)]
        if not ready:  # rows that name each other: the database says that it can't be
            ready = list(rows)
        yield ready
        there |= {row[key] for row in ready}
        rows = [row for row in rows if row[key] not in there]
