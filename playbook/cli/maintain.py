"""The commands that keep the files safe: backup and restore, migrate, export-all and import-all.

Without --file they are about the files that are there: that of one's own worksheets, that of a
cohort host.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.output import json_option, print_json
from playbook.model import InputError
from playbook.store.database import Place, is_there, stem_of
from playbook.store.paths import backups_path, cohorts_place, data_home, database_path
from playbook.store.postgres.address import PostgresAddress, is_address

if TYPE_CHECKING:
    from playbook.maintain.backup import Backup
    from playbook.maintain.migrate import MigrationResult
    from playbook.maintain.restore import RestoreResult
    from playbook.maintain.revocations import ReappliedRevocations

_COUNTED = {
    "worksheet": ("worksheet", "worksheets"),
    "event": ("change", "changes"),
    "cohort": ("class", "classes"),
    "member": ("person in classes", "people in classes"),
}
"""The tables that a sentence counts, and what one row and several are called."""

_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_STEP = 1000


class _PlaceType(click.Path):
    """A file, or the address of a PostgreSQL database."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and is_address(value):
            return PostgresAddress.of(value)
        return super().convert(value, param, ctx)


file_option = click.option(
    "--file",
    type=_PlaceType(path_type=Path, dir_okay=False),
    help="This file or database, not the ones that are used.",
)


def add_to(group: click.Group) -> None:
    """Make the commands part of `playbook`."""
    for command in (backup, restore, migrate, export_all, import_all):
        group.add_command(command)


@click.command()
@click.option(
    "--to", type=click.Path(path_type=Path), help="The new file; else a dated one in backups."
)
@file_option
@json_option
def backup(to: Path | None, file: Place | None, as_json: bool) -> None:
    """Copy the worksheets, and what a cohort host has, to a new file; open it and check it."""
    files = _files(file)
    if to and len(files) > 1:
        named = " and ".join(str(path) for path in files)
        raise InputError(f"There are {named}; say with --file which one goes to {to}.")
    made = [_by_the_server(path, to) or _backed_up(path, to or _dated(path)) for path in files]
    if as_json:
        print_json([_as_data(backup) for backup in made])
        return
    for path, kept in zip(files, made, strict=True):
        click.echo(f"{path} is backed up: {_about(kept)}; opened and checked.")


def _backed_up(place: Place, to: Path) -> Backup:
    from playbook.maintain.backup import make_of_database, make_of_file

    return make_of_file(place, to) if isinstance(place, Path) else make_of_database(place, to)


def _by_the_server(path: Place, to: Path | None) -> Backup | None:
    """The backup that the cohort host makes which holds the file; None when none runs."""
    from playbook.framework import load_framework
    from playbook.maintain.backup import Backup
    from playbook.server.cohort.admin_client import ask

    if path != cohorts_place():
        return None
    try:
        given = {"to": str(to.absolute())} if to else {}
        made = ask(data_home(), load_framework().words, "backup", given)
    except LookupError:
        return None
    return Backup(**made | {"path": Path(made["path"]), "at": datetime.fromisoformat(made["at"])})


@click.command()
@click.argument("backup", type=click.Path(path_type=Path, dir_okay=False))
@file_option
@click.option("--anyway", is_flag=True, help="Also when the present file can't be read any more.")
@json_option
def restore(backup: Path, file: Place | None, anyway: bool, as_json: bool) -> None:
    """Go back to what BACKUP has. What was erased since then stays erased."""
    from playbook.maintain.restore import is_solo, restore_into
    from playbook.maintain.restore import restore as put_back

    path = file or (database_path() if is_solo(backup) else cohorts_place())
    aside = partial(_dated, path, "before-restore")
    if isinstance(path, Path):
        done = put_back(backup, path, aside, anyway=anyway)
    else:
        done = restore_into(backup, path, data_home(), aside)
    if as_json:
        print_json(_restored_data(done))
        return
    click.echo(f"{path} is restored from {_about(done.backup)}; checked.")
    if done.aside:
        click.echo(
            f"What was there is kept as {done.aside}; delete it when you don't need it any more."
        )
    click.echo(_told_again(done.repeated))


@click.command()
@file_option
@json_option
def migrate(file: Place | None, as_json: bool) -> None:
    """Bring the files of an older playbook up to date, after a backup of each."""
    found = {place: _brought_up(place, _dated(place, "before-migrate")) for place in _files(file)}
    if as_json:
        print_json([{"file": str(path), "migrated": bool(done)} for path, done in found.items()])
        return
    for path, done in found.items():
        if done is None:
            click.echo(f"{path} is up to date already.")
            continue
        click.echo(
            f"{path} went from format {done.found} to {done.version}; checked. "
            f"As it was: {_about(done.backup)}."
        )


def _brought_up(place: Place, backup: Path) -> MigrationResult | None:
    from playbook.maintain.migrate import migrate as bring_up
    from playbook.maintain.migrate_database import migrate_database

    if isinstance(place, Path):
        return bring_up(place, backup)
    return migrate_database(place, backup)


@click.command("export-all")
@click.argument("to", type=click.Path(path_type=Path, dir_okay=False))
def export_all(to: Path) -> None:
    """Write all worksheets and classes to the new file TO, as JSON without passwords and codes."""
    from playbook.maintain.installation import export_all as gather
    from playbook.store.sqlite.file import new_text

    _files(None)
    content = gather(database_path(), cohorts_place())
    try:
        new_text(to, json.dumps(content, ensure_ascii=False, allow_nan=False))
    except OSError as error:
        raise InputError(f"{to} can't be written: {error.strerror}; name another file.") from None
    click.echo(
        f"{to} has everything but passwords, private links, codes and the gallery: "
        f"{_in_it(content)}."
    )


@click.command("import-all")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def import_all(file: Path) -> None:
    """Take in FILE, which export-all made, where nothing is yet."""
    from playbook.maintain.installation import import_all as take_in

    try:
        content = json.loads(file.read_bytes(), parse_constant=_no_number)
    except OSError as error:
        raise InputError(f"{file} can't be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise InputError(f"{file} is no JSON file; choose one that export-all made.") from None
    try:
        take_in(content, database_path(), cohorts_place())
    except InputError as error:
        raise InputError(f"{file}: {error}") from None
    click.echo(f"{file} is taken in: {_in_it(content)}.")
    if content["cohorts"]:
        click.echo("Passwords, private links and codes are not in such a file: give out new ones.")
        click.echo("What the gallery showed is not in it either: it can be shown anew.")


def _no_number(name: str) -> None:
    raise ValueError(name)


def _in_it(content: Mapping[str, Any]) -> str:
    """How much an export has."""
    parts = [content[name] for name in ("solo", "cohorts") if content[name]]
    worksheets = sum(len(place["worksheets"]) for part in parts for place in part["workspaces"])
    rows = {"worksheet": worksheets} | {
        table: sum(len(part["tables"].get(table, ())) for part in parts)
        for table in ("cohort", "member")
    }
    return _counted(rows)


def _files(named: Place | None) -> list[Place]:
    """What was named, or what is there; InputError when there is nothing, StoreError when a file
    was lost, which whoever backs up by a timetable would not hear of otherwise."""
    from playbook.store.sqlite.presence import lost, was_here

    places = [named] if named else [database_path(), cohorts_place()]
    there = [place for place in places if is_there(place)]
    for place in places:
        if isinstance(place, Path) and place not in there and was_here(place):
            raise lost(place)
    if not there:
        raise InputError(f"There is no file yet: {named or data_home()} has nothing to work on.")
    return there


def _dated(place: Place, what: str = "") -> Path:
    from playbook.maintain.backup import free_name
    from playbook.store.sql import utc_now

    stem = "-".join(filter(None, (stem_of(place), what)))
    return free_name(backups_path(), stem, utc_now)


def _about(backup: Backup) -> str:
    """Its name, size and age, and what is in it."""
    written = f"{backup.at.astimezone():%Y-%m-%d %H:%M}"
    return f"{backup.path} ({_size(backup.size)}, {written}, {_counted(backup.rows)})"


def _counted(rows: Mapping[str, int]) -> str:
    counts = [
        f"{count} {names[count != 1]}"
        for table, names in _COUNTED.items()
        if (count := rows.get(table, 0))
    ]
    return ", ".join(counts) or "still empty"


def _size(size: float) -> str:
    units = iter(_UNITS)
    unit = next(units)
    while size >= _STEP:
        size, unit = size / _STEP, next(units)
    return f"{size:.3g} {unit}"


def _told_again(repeated: ReappliedRevocations | None) -> str:
    if repeated is None:
        return (
            "What was erased since that backup could not be read and is there again: "
            "please erase it once more."
        )
    counts = {
        "worksheets": repeated.worksheets,
        "answers": repeated.answers,
        "people, teams, classes and their things": repeated.others,
        "sign-ins and codes": repeated.keys,
    }
    told = [f"{name}: {count}" for name, count in counts.items() if count]
    if not told:
        return "Nothing in it had been erased or ended since."
    return f"Erased or ended since that backup, and so again now: {', '.join(told)}."


def _as_data(backup: Backup) -> dict[str, Any]:
    texts = {"path": str(backup.path), "at": backup.at.isoformat()}
    return asdict(backup) | texts


def _restored_data(done: RestoreResult) -> dict[str, Any]:
    return {
        "file": str(done.path),
        "backup": _as_data(done.backup),
        "aside": str(done.aside) if done.aside else None,
        "repeated": asdict(done.repeated) if done.repeated else None,
    }
