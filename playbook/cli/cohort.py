"""The commands of whoever runs a cohort host: `playbook cohort ...`.

A server that runs on the data folder is asked, because it holds the file; else the file is opened.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from playbook.cli.output import json_option, print_json
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.store.paths import cohorts_place, data_home

_FIRST = "trainer"
"""The command that begins a host: only this one makes the file."""


def add_to(group: click.Group) -> None:
    """Make the commands part of `playbook`."""
    group.add_command(cohort)


@click.group()
def cohort() -> None:
    """Run a host for classes: trainers, classes, codes, erasing."""


address_option = click.option(
    "--address", default="", help="Where people reach this host (https://class.example)."
)


@cohort.command()
@click.argument("name")
@address_option
@json_option
def trainer(name: str, address: str, as_json: bool) -> None:
    """Make a one-time link with which NAME, a trainer, sets a (new) password."""
    told = _do("trainer", name=name, address=_checked(address))
    if as_json:
        print_json(told)
        return
    click.echo(f"{told['name']} sets a password with this link, once, within three days:")
    _print_link(told["link"])


@cohort.command()
@json_option
def trainers(as_json: bool) -> None:
    """List the trainers of this host."""
    told = _do("accounts")
    if as_json:
        print_json(told)
        return
    for one in told:
        click.echo(f"{one['name']}  ({one['cohorts']} {_of(one['cohorts'], 'class', 'classes')})")


@cohort.command("erase-trainer")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Don't ask.")
@json_option
def erase_trainer(name: str, yes: bool, as_json: bool) -> None:
    """Erase the account of NAME, a trainer whose own classes are erased, for good."""
    if not yes:
        question = f"Erase the account of {name}, and their work in classes of others, for good?"
        click.confirm(question, abort=True, err=True)
    told = _do("erase_trainer", name=name)
    if as_json:
        print_json(told)
        return
    _print_erased(f"the account of {told['name']}", told["worksheets"])


@cohort.command()
@click.argument("title")
@click.option("--trainer", required=True, help="The trainer whose class it is.")
@click.option("--host", required=True, help="Who runs this machine, as participants are told.")
@click.option("--day", metavar="DATE", help="The day it meets (2027-03-01); today unless said.")
@click.option("--ends", metavar="DATE", help="The last day; 30 days after the class's day.")
@click.option("--erase-on", metavar="DATE", help="The day everything is erased; 30 days later.")
@click.option("--teams", is_flag=True, help="People work in teams that share worksheets.")
@click.option("--sees-answers", is_flag=True, help="Trainers see individual answers, for good.")
@address_option
@json_option
def new(as_json: bool, address: str, **given: Any) -> None:
    """Make a class called TITLE; prints its join code and link."""
    told = _do("new", address=_checked(address), **given)
    if as_json:
        print_json(told)
        return
    click.echo(f"“{told['title']}” is there, led by {told['trainer']} ({told['id']}).")
    click.echo(f"It ends on {told['ends']}; everything is to be erased on {told['erase_on']}.")
    _print_code(told)


@cohort.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the classes on this host."""
    told = _do("cohorts")
    if as_json:
        print_json(told)
        return
    if not told:
        click.echo("There is no class yet.")
    for one in told:
        door = "open" if one["open"] else "closed"
        click.echo(f"{one['id']}  {one['title']}")
        click.echo(
            f"    {one['trainer']} for {one['host']}; {_people(one['people'])}; door {door}; "
            f"ends {one['ends']}, erased {one['erase_on']}"
        )


@cohort.command()
@click.argument("class_id", metavar="ID")
@json_option
def people(class_id: str, as_json: bool) -> None:
    """List who is in the class ID."""
    told = _do("people", cohort=class_id)
    if as_json:
        print_json(told)
        return
    for one in told:
        click.echo(f"{one['id']}  {one['role']:<11}  {one['name']}")


@cohort.command()
@click.argument("class_id", metavar="ID")
@address_option
@json_option
def code(class_id: str, address: str, as_json: bool) -> None:
    """Make a new join code for the class ID; the old one no longer works."""
    told = _do("code", cohort=class_id, address=_checked(address))
    if as_json:
        print_json(told)
        return
    _print_code(told)


@cohort.command()
@click.argument("class_id", metavar="ID")
@json_option
def end(class_id: str, as_json: bool) -> None:
    """End the class ID: nobody joins any more, the rest stays until it is erased."""
    told = _do("end", cohort=class_id)
    if as_json:
        print_json(told)
        return
    click.echo(f"“{told['title']}” has ended; everything is to be erased on {told['erase_on']}.")


@cohort.command()
@click.argument("class_id", metavar="ID")
@click.option("--member", metavar="ID", help="Only this person (see `playbook cohort people`).")
@click.option("--yes", is_flag=True, help="Don't ask.")
@json_option
def erase(class_id: str, member: str | None, yes: bool, as_json: bool) -> None:
    """Erase the class ID, or one person of it, for good."""
    there = _do("people", cohort=class_id)
    if not yes:
        whom = "this person" if member else f"the class with {_people(len(there))}"
        click.confirm(f"Erase {whom} and all their work for good?", abort=True, err=True)
    told = _do("erase", cohort=class_id, member=member)
    if as_json:
        print_json(told)
        return
    _print_erased(_people(told["people"]), told["worksheets"])


@cohort.command()
@json_option
def due(as_json: bool) -> None:
    """List the classes whose day to be erased has come: they go after a day of running."""
    told = _do("due")
    if as_json:
        print_json(told)
        return
    if not told:
        click.echo("No class is due to be erased.")
    for one in told:
        hours = f"{one['hours']} more {_of(one['hours'], 'hour', 'hours')}"
        click.echo(f"{one['id']}  {one['title']}")
        click.echo(f"    due on {one['erase_on']}; erased after this host has run for {hours}")


@cohort.command()
@json_option
def stats(as_json: bool) -> None:
    """Count what is on this host."""
    told = _do("stats")
    if as_json:
        print_json(told)
        return
    for name, count in told.items():
        click.echo(f"{name.replace('_', ' '):<12} {count}")


def _do(command: str, /, **given: Any) -> Any:
    """Carry a command out, in the running server or on the file."""
    from playbook.server.cohort.admin_client import ask

    home, words = data_home(), load_framework().words
    try:
        return ask(home, words, command, given)
    except LookupError:
        pass
    from playbook.store.database import is_there
    from playbook.store.sqlite.presence import was_here

    place = cohorts_place(home)
    was = isinstance(place, Path) and was_here(place)
    if command != _FIRST and not is_there(place) and not was:
        raise InputError(words.text("admin.no_host", home=home))
    from playbook.maintain.admin import Admin

    admin = Admin.at(home, words, lambda: datetime.now(UTC), place)
    try:
        return admin.call(command, given)
    finally:
        admin.close()


def _checked(address: str) -> str:
    if address and not address.startswith(("http://", "https://")):
        raise InputError(
            f"--address takes an address such as https://class.example; not {address}."
        )
    return address


def _print_code(told: dict[str, Any]) -> None:
    click.echo(f"Join code: {told['code']}, until the class ends on {told['ends']}. As a link:")
    _print_link(told["link"])


def _print_link(link: str) -> None:
    click.echo(f"  {link}")
    if link.startswith("/"):
        click.echo("Put the address of this host before it, or say it with --address.")


def _print_erased(whom: str, sheets: int) -> None:
    click.echo(
        f"Erased for good: {whom}, {sheets} {_of(sheets, 'worksheet', 'worksheets')}. "
        "Backups made before still have them: `playbook restore` leaves them out, but a copy of "
        "the file does not."
    )


def _people(count: int) -> str:
    return f"{count} {_of(count, 'person', 'people')}"


def _of(count: int, one: str, several: str) -> str:
    return one if count == 1 else several
