"""`playbook prepare`: the papers of a class, as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from playbook.cli.output import json_option, print_json
from playbook.framework import load_framework
from playbook.model import InputError


def add_to(main: click.Group) -> None:
    """Add the command to the command line."""
    main.add_command(prepare)


@click.command()
@click.argument("course", required=False)
@click.option("--day", help="The day of the class, for example 2027-03-01 or “1 March 2027”.")
@click.option("--start", default="9:00", show_default=True, help="When it begins.")
@click.option("--people", default="40", show_default=True, help="About how many people come.")
@click.option("--case", "cases", multiple=True, help="A case with its minutes: alcoa:40.")
@click.option("--venue", default="room", show_default=True, help="room, remote or lan.")
@click.option("--title", default="", help="What the class is called; else as the programme.")
@click.option("--leader", default="", help="Who leads it.")
@click.option(
    "--logo", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="PNG or SVG."
)
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path),
    help="The folder, or a .zip file, to write; what is there is overwritten.",
)
@json_option
def prepare(
    course: str | None,
    day: str | None,
    logo: Path | None,
    folder: Path | None,
    as_json: bool,
    cases: tuple[str, ...],
    **typed: str,
) -> None:
    """Make the papers of a class: run of show, guide, play cards, slides, workbook, handouts.

    COURSE is what the class does; without one, the courses are listed.
    """
    from playbook.kit.choices import chosen
    from playbook.kit.class_kit import class_kit
    from playbook.kit.files import as_zip, kit_files

    framework = load_framework()
    if not course:
        _list(as_json)
        return
    if folder is None:
        raise InputError("--into says where the papers go: a folder, or a file that ends in .zip.")
    given: dict[str, Any] = {**typed, "course": course, "cases": cases}
    given["logo"] = logo.read_bytes() if logo else b""
    choices = chosen(given, _day(day), framework)
    made = class_kit(choices, framework)
    files = kit_files(made)
    if folder.suffix == ".zip":
        _write(folder, as_zip(made))
    else:
        for one in files:
            _write(folder / one.path, one.make())
    if as_json:
        print_json([{"path": it.path, "title": it.title} for it in files])
        return
    for session in made.sessions:
        click.echo(f"{session.programme.title}, {made.when(session)}")
    click.echo(f"{len(files)} files: {folder}")


def _list(as_json: bool) -> None:
    from playbook.kit.choices import case_room
    from playbook.kit.content import load_kit

    kit, framework = load_kit(), load_framework()
    found: list[dict[str, Any]] = [
        {
            "id": it.id,
            "title": it.title,
            "minutes": [programme.minutes for programme in kit.programmes(it, framework)],
            "for_cases": case_room(kit, it, framework),
        }
        for it in kit.courses.values()
    ]
    if as_json:
        print_json(found)
        return
    for one in found:
        minutes = " + ".join(map(str, one["minutes"]))
        click.echo(f"{one['id']}: {one['title']} ({minutes} minutes, {one['for_cases']} for cases)")


def _day(typed: str | None) -> date | None:
    from playbook.model import Question
    from playbook.worksheet.parse import parse

    question = Question(id="day", kind="date", text="Which day?")
    day = parse(question, typed or "", load_framework().words, date.today())
    return date.fromisoformat(str(day)) if day else None


def _write(file: Path, made: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made)
    except OSError as error:
        raise InputError(
            f"{file} can't be written: {error.strerror}; name another folder with --into."
        ) from None
