"""`playbook groups`: groups from a list of people, and cells across them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.output import json_option, print_json
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.model.wording import Words
from playbook.worksheet.numbers import brief

if TYPE_CHECKING:
    from playbook.analysis.workgroups import Partition, Roster
    from playbook.worksheet.roster_file import ReadRoster

EFFORTS = ("instant", "quick", "thorough")

MANY = 1000
"""So many people take seconds to compare, so whoever waits is told."""


def add_to(main: click.Group) -> None:
    """Add the command to the command line."""
    main.add_command(groups)


@click.command()
@click.argument("roster", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--groups", "count", type=click.IntRange(1), help="How many groups.")
@click.option("--sizes", help="People in each (12,12,10,10), or least and most (10-12,10-12).")
@click.option("--rules", type=click.Path(dir_okay=False, path_type=Path), help="Rules (TOML).")
@click.option("--by", "columns", help="Columns to compare people by (function,place=2); else all.")
@click.option("--numbers", is_flag=True, help="Compare numbers as they are, not in four bands.")
@click.option("--cells", "cell_count", type=click.IntRange(1), help="So many cells across them.")
@click.option(
    "--met", "met_column", help="Cells keep apart who have the same in this column (team)."
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Of chance.")
@click.option(
    "--effort",
    default="quick",
    show_default=True,
    type=click.Choice(EFFORTS),
    help="How long to look for better groups; thorough also proves that there are none.",
)
@json_option
def groups(
    roster: Path,
    count: int | None,
    sizes: str | None,
    rules: Path | None,
    columns: str | None,
    numbers: bool,
    cell_count: int | None,
    met_column: str | None,
    seed: int,
    effort: Any,
    as_json: bool,
) -> None:
    """Put the people in ROSTER (CSV or XLSX) into groups whose members differ most.

    The same file, rules and seed give the same groups on every machine. In RULES each [[rule]] has
    a kind: together, apart, at_least, at_most, none_or_two, spread, split_team, seat, hours,
    wishes, lines (nobody with the person whom the column names).
    """
    from playbook.analysis import workgroups
    from playbook.analysis.workgroups.written import rules_of
    from playbook.report.workgroups.quality import clash_sentence
    from playbook.worksheet.roster_file import read_roster

    words = load_framework().words
    read = read_roster(roster.read_bytes(), roster.name, words)
    written = _rules(rules)
    kept = rules_of(written, read.roster)
    compared, weights = _compared(columns, read, words)
    if not numbers:
        compared = workgroups.banded(compared)
    people = len(read.roster.names)
    if people >= MANY:
        click.echo(words.text("workgroups.many", count=f"{people:,}"), err=True)
    differences = workgroups.gower(compared, weights)
    asked = _sizes(count, sizes, people)
    try:
        found = workgroups.partition(differences, asked, rules=kept, seed=seed, effort=effort)
    except workgroups.RulesClashError as clash:
        raise InputError(clash_sentence(clash, written, words)) from None
    drawn = None
    if cell_count is not None:
        met = _same(read.roster, met_column)
        size = _cell_sizes()
        drawn = workgroups.cells(found.labels, count=cell_count, size=size, met=met, seed=seed)
    if as_json:
        print_json(_as_json(read, found, drawn, words) | {"seed": seed, "effort": effort})
        return
    _print(read, compared, found, drawn, words, weights)


def _same(roster: Roster, column: str | None) -> list[tuple[int, int]]:
    """The pairs who have the same in a column: they have met before."""
    if column is None:
        return []
    values = roster.attribute(column).values
    pairs = combinations(range(len(values)), 2)
    return [(a, b) for a, b in pairs if values[a] is not None and values[a] == values[b]]


def _cell_sizes() -> tuple[int, int]:
    from playbook.analysis.workgroups.across import CELL_SIZES

    return CELL_SIZES


def _rules(file: Path | None) -> list[dict[str, Any]]:
    if file is None:
        return []
    try:
        listed = tomllib.loads(file.read_text(encoding="utf-8")).get("rule", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise InputError(f"{file.name} can't be read as TOML: {problem}.") from None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise InputError(f"{file.name}: each rule begins with a line [[rule]].")
    return listed


def _compared(
    columns: str | None, read: ReadRoster, words: Words
) -> tuple[Roster, dict[str, float]]:
    """The roster with the columns that count, and their weights."""
    roster = read.roster
    if columns is None:
        known = (one.column for one in roster.attributes if one.kind != "hours")
        kept = [name for name in dict.fromkeys(known) if name not in read.protected]
        if not kept:
            raise InputError(words.text("workgroups.nothing"))
        return roster.only(kept), {}
    weights: dict[str, float] = {}
    for one in columns.split(","):
        name, _, weight = one.partition("=")
        try:
            weights[name.strip()] = float(weight or 1)
        except ValueError:
            raise InputError(f"--by takes names such as place=2; not {brief(one)}.") from None
    return roster.only(list(weights)), weights


def _sizes(count: int | None, sizes: str | None, people: int) -> Any:
    from playbook.analysis.workgroups import even_sizes

    if sizes is None:
        if count is None:
            raise InputError("Say how many groups you want: --groups 4, or --sizes 12,12,10,10.")
        return even_sizes(people, count)
    found = [re.fullmatch(r"\s*(\d+)\s*(?:-\s*(\d+)\s*)?", one) for one in sizes.split(",")]
    if not all(found):
        raise InputError(f"--sizes takes 12,12,10,10 or 10-12,10-12; not {brief(sizes)}.")
    if count is not None and len(found) != count:
        raise InputError(f"--sizes has {len(found)} sizes for {count} groups; give one for each.")
    return [(int(one[1]), int(one[2] or one[1])) for one in found if one]


def _as_json(
    read: ReadRoster, found: Partition, drawn: Partition | None, words: Words
) -> dict[str, Any]:
    from playbook.report.workgroups.quality import quality_sentence

    told: dict[str, Any] = {
        "groups": _named(found, read.roster),
        "labels": list(found.labels),
        "value": found.value,
        "bound": found.bound,
        "gap": found.gap,
        "proven": found.proven,
        "steps": found.steps,
        "quality": quality_sentence(found, words),
        "left_out": list(read.left_out),
        "renamed": list(read.renamed),
        "protected": list(read.protected),
    }
    if drawn is not None:
        told["cells"] = _named(drawn, read.roster)
        told["cells_broken"] = list(drawn.broken_rules)
    return told


def _named(plan: Partition, roster: Roster) -> list[list[str]]:
    return [[roster.names[person] for person in people] for people in plan.groups]


def _print(
    read: ReadRoster,
    compared: Roster,
    found: Partition,
    drawn: Partition | None,
    words: Words,
    weights: dict[str, float],
) -> None:
    from playbook.analysis.workgroups import explain
    from playbook.report.workgroups.quality import number_sentences, quality_sentence

    if read.renamed:
        click.echo(words.text("workgroups.renamed", names=", ".join(read.renamed)))
    if read.left_out:
        click.echo(words.text("workgroups.left_out", columns=", ".join(read.left_out)))
    if hidden := [it for it in read.protected if it not in {o.column for o in compared.attributes}]:
        click.echo(words.text("workgroups.protected", columns=", ".join(hidden)))
    told = explain(found, compared, weights)
    for number, facts in enumerate(told.groups, 1):
        people = [read.roster.names[person] for person in facts.people]
        click.echo("\n" + words.text("workgroups.group", number=number, size=len(people)))
        click.echo(f"  {', '.join(people)}")
        views = [
            name if value is True else f"{name}: {value}"
            for name, own in facts.missing.items()
            for value in own
        ]
        if views:
            click.echo("  " + words.text("workgroups.missing", views=", ".join(views)))
    click.echo("\n" + quality_sentence(found, words))
    columns = dict.fromkeys(one.column for one in compared.attributes if one.kind != "hours")
    click.echo(words.text("workgroups.different_in", attributes=", ".join(columns)))
    for sentence in number_sentences(found, told, words):
        click.echo(sentence)
    if drawn is not None:
        _print_cells(drawn, found, read.roster, words)


def _print_cells(drawn: Partition, found: Partition, roster: Roster, words: Words) -> None:
    for number, people in enumerate(_named(drawn, roster), 1):
        click.echo("\n" + words.text("workgroups.cell", number=number, size=len(people)))
        click.echo(f"  {', '.join(people)}")
    meeting = _same_workgroup(drawn.labels, found.labels)
    key = "workgroups.cells_mixed" if meeting else "workgroups.cells_apart"
    click.echo("\n" + words.text(key, count=meeting))
    if drawn.broken_rules:
        click.echo(words.text("workgroups.cells_met_before"))


def _same_workgroup(cells: Sequence[int], groups: Sequence[int]) -> int:
    """How many pairs of one workgroup share a cell."""
    many = Counter(zip(cells, groups, strict=True)).values()
    return sum(it * (it - 1) // 2 for it in many)
