"""PostgreSQL's types and errors, as the tables and sentences of SQLite have them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Integer, Text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.ext.compiler import compiles

from playbook.store.errors import FileError, store_text
from playbook.store.postgres.address import PostgresAddress
from playbook.store.schema import BrokenError


@compiles(Text, "postgresql")
def _text(kind: Text, compiler: Any, **about: Any) -> str:
    """A column's texts in the order of their code points, as in SQLite, whatever the database's
    language. Said of types and not of tables, so that a migration's steps make the same."""
    return 'TEXT COLLATE "C"' if "type_expression" in about else str(compiler.visit_text(kind))


@compiles(Integer, "postgresql")
def _integer(kind: Integer, compiler: Any, **about: Any) -> str:
    """A column's whole numbers, as large as in SQLite."""
    return "BIGINT" if "type_expression" in about else str(compiler.visit_integer(kind))


_SENTENCES = {
    "53100": "file.full",
    "55P03": "file.busy",  # a lock that others kept too long
    "57014": "file.busy",
    "53300": "database.many",
    "25006": "database.read_only",
    "42501": "database.denied",
}
"""By SQLSTATE; else by its first two letters."""
_CLASSES = {
    "08": "database.unreachable",
    "28": "database.denied",
    "3D": "database.missing",
    "3F": "database.missing",
    "53": "file.trouble",
    "57": "database.unreachable",  # it shuts down, or starts
    "58": "file.trouble",
    "XX": "file.damaged",
    "25": "database.unreachable",  # it gave us up, because we were silent in a transaction
}


def sentence_of(error: DBAPIError) -> str | None:
    """The id of the sentence about an error, if it is the database's trouble, not our mistake."""
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # it was not reached, or the connection broke
        return "database.unreachable" if _is_operational(error) else None
    return _SENTENCES.get(state) or _CLASSES.get(state[:2])


def _is_operational(error: DBAPIError) -> bool:
    return error.connection_invalidated or type(error.orig).__name__ == "OperationalError"


@contextmanager
def in_sentences(address: PostgresAddress, *, opening: bool = False) -> Iterator[None]:
    """Turn the database's troubles into StoreError; mistakes of ours stay what they are.

    Who is `opening` it is told what the driver says; nobody who works with it is.
    """
    try:
        yield
    except DBAPIError as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        if opening and getattr(error.orig, "sqlstate", None) is None:
            reason = str(error.orig).strip().rpartition("FATAL:")[2].splitlines()[0].strip(" .")
            raise FileError(store_text("database.unopened", path=address, reason=reason)) from error
        raise FileError(store_text(sentence, path=address), full=sentence == "file.full") from error
    except NoConnectionError as error:  # all of ours are taken
        raise FileError(store_text("file.busy", path=address)) from error
    except BrokenError as error:
        raise FileError(store_text("file.damaged", path=address)) from error
