"""`playbook case`: list and check case studies, and begin one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from playbook.cli.output import json_option, print_json

FOLDER = click.Path(file_okay=False, path_type=Path)
_in_folder = click.option("--in", "folder", type=FOLDER, help="A folder of cases; else the kit's.")


def add_to(main: click.Group) -> None:
    """Add the commands to the command line."""
    main.add_command(case)


@click.group()
def case() -> None:
    """Case studies: one folder each, with a case.toml and the figures of its exhibits."""


@case.command("list")
@_in_folder
@json_option
def list_cases(folder: Path | None, as_json: bool) -> None:
    """List the cases, each with its size, its minutes and what it is about."""
    found = _all(folder)
    if as_json:
        print_json(found)
        return
    for one in found:
        minutes = ", ".join(str(it) for it in one["minutes"])
        click.echo(f"{one['id']}: {one['title']} ({one['size']}; {minutes} minutes)")


@case.command()
@_in_folder
@json_option
@click.argument("case_id", required=False)
def check(folder: Path | None, as_json: bool, case_id: str | None) -> None:
    """Check a case, or all of them: sources, marks, minutes, and that no step tells a later one.

    It stops at the first thing to correct, and says in one sentence what and where it is.
    """
    found = _all(folder, case_id)
    if as_json:
        print_json(found)
        return
    for one in found:
        click.echo(f"{one['id']}: {one['steps']} steps, {one['facts']} facts, nothing to correct.")


@case.command()
@click.argument("case_id")
@click.option("--into", "folder", type=FOLDER, required=True, help="The folder of your cases.")
@click.option(
    "--steps",
    default=1,
    show_default=True,
    type=click.IntRange(1, 4),
    help="How many decisions it has.",
)
def new(case_id: str, folder: Path, steps: int) -> None:
    """Begin a case: a folder with a case.toml that can be played as it is, to be written over."""
    from playbook.cases.scaffold import begin

    place = begin(case_id, folder, steps)
    click.echo(f"Begun: {place}. Check it with `playbook case check --in {folder}`.")


def _all(folder: Path | None, case_id: str | None = None) -> list[dict[str, Any]]:
    from playbook.cases.load import case_ids, load_case

    cases = [load_case(it, folder) for it in ([case_id] if case_id else case_ids(folder))]
    return [
        {
            "id": it.id,
            "title": it.title,
            "size": it.size,
            "minutes": [route.minutes for route in it.routes],
            "steps": len(it.steps),
            "facts": len(it.facts),
        }
        for it in cases
    ]
