"""The command line: `playbook COMMAND`. Every command that tells something has --json."""

from __future__ import annotations

import errno
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.exceptions import NoArgsIsHelpError

from playbook.cli import brief, case, cohort, groups, maintain, prepare, rehearse
from playbook.cli.output import json_option, print_json
from playbook.framework import Framework, load_framework
from playbook.model import Assessment, InputError, PlaybookError, Question, Sheet, Stage
from playbook.worksheet.numbers import brief as shortly

if TYPE_CHECKING:
    from playbook.store.database import Place

FILE_LIMIT = 2_000_000
"""Bytes: a filled sheet has a few thousand."""

ON_PURPOSE = "left on purpose"
"""How the catalogue says of a row that no later chapter builds it."""
PORT = click.IntRange(1, 65535)


class _Group(click.Group):
    """Turns whatever a person can mend into one sentence and exit code 2."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _one_sentence():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with _one_sentence():
            return super().invoke(ctx)


@contextmanager
def _one_sentence() -> Iterator[None]:
    try:
        yield
    except (PlaybookError, click.UsageError, OSError) as error:
        if isinstance(error, NoArgsIsHelpError) or getattr(error, "errno", None) == errno.EPIPE:
            raise  # the help is longer than a sentence; who reads no further wants none
        click.echo(f"playbook: {_said(error)}", err=True)
        raise click.exceptions.Exit(2) from None


def _said(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'The output'} can't be read or written: {error.strerror}."
    if not isinstance(error, click.UsageError):
        return str(error)
    text = " ".join(error.format_message().split())
    if text.endswith("?") or error.ctx is None:
        return text
    return f"{text.rstrip('.')}; see `{error.ctx.command_path} --help`."


@click.group("playbook", cls=_Group)
@click.version_option(package_name="redefining-work-playbook")
def main() -> None:
    """The Redefining Work Playbook: worksheets for leaders, from the catalyst to the pilot."""


maintain.add_to(main)
cohort.add_to(main)
brief.add_to(main)
groups.add_to(main)
case.add_to(main)
prepare.add_to(main)
rehearse.add_to(main)


@main.command()
@json_option
def sheets(as_json: bool) -> None:
    """List the sheets of the pathway, each stage's gate at its end, and say which are built."""
    framework = load_framework()
    listed = [
        _sheet_line(framework, stage, sheet) for stage in framework.stages for sheet in stage.sheets
    ]
    if as_json:
        print_json(listed)
        return
    for line in listed:
        state = "built" if line["built"] else "later"
        click.echo(f"{line['id']:<14} {state:<6} {line['title']}: {line['about']}")


def _sheet_line(framework: Framework, stage: Stage, sheet_id: str) -> dict[str, Any]:
    about = {tile.id: tile.about for tile in stage.tiles}
    sheet = framework.sheets.get(sheet_id)
    return {
        "id": sheet_id,
        "stage": stage.id,
        "title": framework.titles[sheet_id],
        "about": about.get(sheet_id, stage.question),
        "built": sheet is not None,
        "version": sheet.version if sheet else None,
        "notebook": sheet.notebook if sheet else None,
    }


@main.command()
@click.argument("sheet")
@json_option
def questions(sheet: str, as_json: bool) -> None:
    """List what SHEET asks: ids, kinds, choices, sources."""
    from playbook.assessing.analyst import find_sheet

    framework = load_framework()
    found = find_sheet(framework, sheet)
    listed = [
        _question_line(framework, question, section.table, section.deeper)
        for section in found.sections
        for question in section.questions
    ]
    if as_json:
        print_json(listed)
        return
    for line in listed:
        field = f"{line['table']}: {line['id']}" if line["table"] else line["id"]
        choices = f" [{', '.join(line['choices'])}]" if line["choices"] else ""
        click.echo(f"{field:<36} {line['kind']:<10} {line['text']}{choices}")


def _question_line(
    framework: Framework, question: Question, table: str | None, deeper: bool
) -> dict[str, Any]:
    from playbook.worksheet.kinds import choice_ids

    return {
        "id": question.id,
        "kind": question.kind,
        "text": question.text,
        "table": table,
        "deeper": deeper,
        "optional": question.optional,
        "choices": list(choice_ids(question)),
        "range": _range(question),
        "row_of": question.table,
        "ask_if": [condition.model_dump(mode="json") for condition in question.ask_if],
        "needed_if": [condition.model_dump(mode="json") for condition in question.needed_if],
        "sources": [framework.citation(row) for row in question.rows],
    }


def _range(question: Question) -> dict[str, Any] | None:
    """What an answer has to keep to, for kinds that are not picked from choices."""
    from playbook.worksheet.kinds import max_length

    if question.kind in ("text", "long_text"):
        return {"max_length": max_length(question)}
    if question.kind == "number":
        return question.model_dump(include={"unit", "low", "high", "whole"})
    return None


@main.command()
@click.argument("sheet", metavar="[SHEET FILE | FOLDER]")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@json_option
@click.option("--today", default=None, metavar="DATE", help="Assess as of this day (2027-03-31).")
def assess(sheet: str, file: Path | None, as_json: bool, today: str | None) -> None:
    """Assess the answers in FILE (JSON or TOML: question ids and values) for SHEET.

    With a FOLDER of answer files, one a sheet (catalyst.json, champion.toml), every sheet of the
    stages that they belong to is assessed with what the others decided, gates included.
    """
    from playbook.assessing.analyst import assess as assess_answers
    from playbook.assessing.analyst import assess_folder, find_sheet

    framework, day = load_framework(), _day(today)
    if file is None:
        results = assess_folder(Path(sheet), framework, day)
        if as_json:
            print_json([result.to_json() for result in results])
            return
        for place, result in enumerate(results):
            click.echo("\n" if place else "", nl=False)
            _print_assessment(framework.sheets[result.sheet], result, framework)
        return
    found = find_sheet(framework, sheet)
    result = assess_answers(found, file, framework, day)
    if as_json:
        print_json(result.to_json())
        return
    _print_assessment(found, result, framework)


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--today takes a date such as 2027-03-31; not {shortly(text)}.") from None


def _print_assessment(sheet: Sheet, result: Assessment, framework: Framework) -> None:
    words = framework.words
    done = result.completeness
    click.echo(f"{sheet.title}: {sheet.verdict_texts[result.verdict]}")
    click.echo(f"{done.answered} of {done.asked} answered.")
    for finding in result.findings:
        mark = " (ours)" if finding.ours else ""
        click.echo(f"\n[{words.text(f'level.{finding.level}')}] {finding.heading}{mark}")
        click.echo(f"  {finding.text}")
        if finding.advice:
            click.echo(f"  Next: {finding.advice}")
        source = framework.sources[finding.source].title
        place = framework.citation(finding.rule)["place"]
        told = f": {finding.reading}" if finding.ours else f", {place}"
        click.echo(f"  Source: {source}{told} ({finding.rule})")


@main.command()
@json_option
def coverage(as_json: bool) -> None:
    """Show row by row what of the framework is built and tested; fail on a false claim."""
    from playbook.framework.coverage import coverage as cover
    from playbook.framework.coverage import tests_folder
    from playbook.kit.content import load_kit

    load_kit()  # says what is wrong in it
    tests = tests_folder()
    rows = cover(load_framework(), tests)
    if as_json:
        print_json([row.to_json() for row in rows])
    else:
        for row in rows:
            kinds, made_at = "/".join(row.kind), ", ".join(row.where) or "-"
            tested = f"{len(row.tests):>2} tests"
            click.echo(f"{row.id:<9} {row.status:<6} {kinds:<18} {tested}  {made_at}")
            if row.left_to:
                click.echo(f"          {_left(row.left_to, ':')}")
            for problem in row.problems:
                click.echo(f"          PROBLEM: {row.id} {problem}.")
        count = Counter(row.status for row in rows)
        click.echo(
            f"{count['built']} rows built, {count['partly']} partly, {count['later']} later."
        )
        left = Counter(row.left_to.partition(":")[0] for row in rows if row.left_to)
        for place, many in left.most_common():
            click.echo(f"{many:>4} {_left(place, ', whole or in part:')}")
    if tests is None:
        click.echo(
            "There are no tests beside this installation, so only claims were checked.", err=True
        )
    problems = [f"{row.id} {problem}" for row in rows for problem in row.problems]
    if problems:
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        raise PlaybookError(f"coverage: {problems[0]}{more}; mend the claim or build it.")


def _left(where: str, how: str) -> str:
    """That a row is left to a later chapter, or on purpose, which says so itself."""
    return where if where.startswith(ON_PURPOSE) else f"left to{how} {where}"


@main.command()
@json_option
def where(as_json: bool) -> None:
    """Show where your worksheets and the kit's files are."""
    from playbook.model import resources
    from playbook.store.paths import cohorts_place, data_home, database_path

    classes = cohorts_place()
    places: dict[str, Place] = {
        "data": data_home(),
        "database": database_path(),
        **({} if isinstance(classes, Path) else {"classes": classes}),
        "content": resources.content_dir(),
        "notebooks": resources.notebooks_dir(),
    }
    if as_json:
        print_json({name: str(path) for name, path in places.items()})
        return
    for name, path in places.items():
        there = not isinstance(path, Path) or path.exists()
        click.echo(f"{name:<10} {path}{'' if there else '  (made when needed)'}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def notebooks(folder: Path) -> None:
    """Copy the notebooks to FOLDER, to open in JupyterLab or change. Nothing is overwritten."""
    from playbook.model.resources import notebooks_dir

    found = sorted(notebooks_dir().glob("*.ipynb"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = [path.name for path in found if (folder / path.name).exists()]
        if there:
            raise InputError(f"{folder} has {there[0]} already; name another folder.")
        for path in found:
            shutil.copy(path, folder / path.name)
    except OSError as error:
        raise InputError(
            f"{folder} can't be written: {error.strerror}; name another folder."
        ) from None
    click.echo(f"Copied {len(found)} notebooks to {folder}. Open them with: jupyter lab {folder}")


@main.command()
@click.option("--port", default=8866, show_default=True, type=PORT, help="Where it answers.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--cohort", is_flag=True, help="Serve classes; see docs/operate.md.")
@click.option("--name", help="The name under which people reach this host.")
@click.option("--behind-proxy", is_flag=True, help="A proxy in front has the certificate.")
@click.option("--certificate", type=click.Path(path_type=Path), help="Our own certificate (PEM).")
@click.option("--key", type=click.Path(path_type=Path), help="Its private key (PEM).")
@click.option("--lan", is_flag=True, help="A classroom without certificates, for eight hours.")
@click.option(
    "--capacity",
    default=60,
    show_default=True,
    type=click.IntRange(1, 500),
    help="How many pages of a class may be open at once.",
)
@click.option("--new", is_flag=True, help="Begin a host anew where one was lost.")
@click.option("--without-log", is_flag=True, help="Go on though the log of a killed host is lost.")
def serve(
    port: int,
    no_browser: bool,
    cohort: bool,
    capacity: int,
    new: bool,
    without_log: bool,
    **ways: Any,
) -> None:
    """Open the playbook in a browser, on this computer only; with --cohort, serve classes."""
    if cohort:
        from playbook.server.cohort.app import serve_cohort
        from playbook.server.cohort.reach import exposure

        serve_cohort(exposure(port, **ways), port, capacity, new=new, without_log=without_log)
        return
    if new or without_log or any(ways.values()):
        raise InputError(
            "--name, --behind-proxy, --certificate, --key, --lan, --new and --without-log need "
            "--cohort."
        )
    from playbook.server.solo.app import serve as start

    start(port=port, open_browser=not no_browser)


if __name__ == "__main__":
    sys.exit(main())
