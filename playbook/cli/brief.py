"""`playbook brief`: the page that a stage comes to, as a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from playbook.framework import load_framework
from playbook.model import InputError

ENDINGS = {"html": "html", "pdf": "pdf", "docx": "docx", "pptx": "pptx", "txt": "email"}
"""Which format a file's ending asks for."""


def add_to(main: click.Group) -> None:
    """Add the command to the command line."""
    main.add_command(brief)


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(list(ENDINGS.values())),
    help="What to make; the file's ending when left out.",
)
@click.option("--stage", help="Whose brief; the last stage that you began when left out.")
@click.option("--example", is_flag=True, help="The finished example instead of your worksheets.")
@click.option("--private", is_flag=True, help="Include private rows.")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Where to write it; what is there is overwritten.",
)
def brief(form: str | None, stage: str | None, example: bool, private: bool, file: Path) -> None:
    """Write the brief of a stage, from the worksheets that count: one page, or with what Create
    comes to the two of the pilot charter.

    A PDF carries the answers inside, so that it can be imported again.
    """
    from playbook.assessing.workbook import Workbook
    from playbook.report.brief import build_brief, stage_in_hand
    from playbook.report.brief.formats import format_of
    from playbook.store import open_store
    from playbook.store.paths import database_path

    framework = load_framework()
    kind = format_of(form or _by_ending(file), framework.words)
    path = database_path()
    store = open_store(path) if path.exists() and not example else None
    workbook = Workbook(framework, date.today(), store)
    told = workbook.examples if example else workbook
    stage = stage or stage_in_hand(told)
    made = build_brief(told, stage, private=private, example=example)
    file.write_bytes(kind.make(made, framework.words))
    click.echo(f"{file}: {made.filled} of {made.to_fill} parts filled, {made.mark.word}.")
    if cut := [title for page in made.pages for title in page.cut]:
        click.echo(framework.words.text("brief.cut", parts=", ".join(cut)))


def _by_ending(file: Path) -> str:
    ending = file.suffix.removeprefix(".").lower()
    if ending not in ENDINGS:
        known = ", ".join(ENDINGS.values())
        raise InputError(f"{file.name} does not say its format; add --format with one of {known}.")
    return ENDINGS[ending]
