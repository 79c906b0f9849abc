"""Where a person stands on the pathway, and what comes next.

Sheets are read, never locked: the gate of a stage tells what is missing and holds nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from playbook.assessing.workbook import Entry, Workbook
from playbook.framework import Framework
from playbook.model import Assessment, Level, Sheet, Stage, Tile, Verdict, worst
from playbook.report.steps import NextStep, advice_of
from playbook.report.summary import sentence
from playbook.worksheet.fields import EXAMPLE_WORKSHEET


@dataclass(frozen=True, slots=True)
class Mark:
    """A level as a screen shows it: shape and colour by `level`, and what it is called."""

    level: Verdict
    word: str


@dataclass(frozen=True, slots=True)
class Link:
    """A worksheet to open, and how it stands."""

    name: str
    href: str
    mark: Mark
    example: bool


@dataclass(frozen=True, slots=True)
class TileState:
    """A sheet on the pathway. `href` is None while it is not built, `mark` while nobody has begun;
    `others` are further worksheets of the sheet, the last changed first."""

    id: str
    title: str
    href: str | None
    mark: Mark | None
    name: str
    text: str
    next: str
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StageState:
    """A stage with its gate and its tiles."""

    id: str
    title: str
    question: str
    gate: Gate
    tiles: tuple[TileState, ...]


@dataclass(frozen=True, slots=True)
class Pathway:
    """Everything the home page tells. `go_on` is the main button; `example` a filled sheet."""

    stages: tuple[StageState, ...]
    go_on: NextStep | None
    example: NextStep | None


# --------------------------------------------------------------------------- the gates


@dataclass(frozen=True, slots=True)
class Gate:
    """How the end of a stage stands: what it waits for, and the sheet where it is decided."""

    mark: Mark
    text: str
    reasons: tuple[str, ...] = ()
    href: str | None = None


def _gate(
    stage: Stage,
    verdicts: Mapping[str, Verdict],
    gates: Mapping[str, Assessment],
    framework: Framework,
) -> Gate:
    """A gate with a sheet of its own says its reasons; any other waits for the stage's sheets."""
    if stage.gate and stage.gate in gates:
        return _decided(framework.sheets[stage.gate], gates[stage.gate], framework)
    level = worst(verdicts.get(tile.id, Level.UNKNOWN) for tile in stage.tiles)
    waiting = [tile.title for tile in stage.tiles if verdicts.get(tile.id) != Level.PASS]
    key = "home.gate.waits" if waiting else "home.gate.open"
    return Gate(_mark(level, framework), framework.words.text(key, sheets=", ".join(waiting)))


def _decided(sheet: Sheet, assessment: Assessment, framework: Framework) -> Gate:
    reasons = tuple(found.text for found in assessment.findings if found.level != Level.PASS)
    text = sentence(sheet, assessment.verdict, framework)
    return Gate(_mark(assessment.verdict, framework), text, reasons, href_of(sheet))


# --------------------------------------------------------------------------- the sheets


def pathway(
    framework: Framework, entries: Iterable[Entry], gates: Mapping[str, Assessment]
) -> Pathway:
    """The pathway as it stands. `entries` has the last changed worksheet first, as a store does;
    `gates` what the sheet of each gate says (Workbook.gates).

    A worksheet without an answer does not count as begun, and an example never counts as one's own.
    """
    begun: dict[str, list[Entry]] = {sheet: [] for sheet in framework.order}
    for entry in entries:
        if entry.assessment.completeness.answered:
            begun[entry.info.sheet].append(entry)
    current = {
        sheet: own[0]
        for sheet, mine in begun.items()
        if (own := [entry for entry in mine if not entry.example])
    }
    return Pathway(
        stages=tuple(_stage(stage, current, begun, gates, framework) for stage in framework.stages),
        go_on=_go_on(current, framework),
        example=_example(framework),
    )


def _stage(
    stage: Stage,
    current: Mapping[str, Entry],
    begun: Mapping[str, list[Entry]],
    gates: Mapping[str, Assessment],
    framework: Framework,
) -> StageState:
    verdicts = {sheet: entry.assessment.verdict for sheet, entry in current.items()}
    gate = _gate(stage, verdicts, gates, framework)
    tiles = tuple(
        _tile(tile, current.get(tile.id), begun[tile.id], framework) for tile in stage.tiles
    )
    return StageState(stage.id, stage.title, stage.question, gate, tiles)


def _tile(tile: Tile, entry: Entry | None, begun: list[Entry], framework: Framework) -> TileState:
    words, sheet = framework.words, framework.sheets.get(tile.id)
    if sheet is None:
        unbuilt = words.text("home.unbuilt")
        return TileState(tile.id, tile.title, None, None, "", tile.about, unbuilt, ())
    others = tuple(_link(sheet, other, framework) for other in begun if other is not entry)
    if entry is None:
        start = words.text("home.start", minutes=sheet.minutes)
        return TileState(tile.id, tile.title, sheet.notebook, None, "", tile.about, start, others)
    return TileState(
        id=tile.id,
        title=tile.title,
        href=href_of(sheet, entry.info.id),
        mark=_mark(entry.assessment.verdict, framework),
        name=entry.info.name,
        text=sentence(sheet, entry.assessment.verdict, framework),
        next=_next(entry.assessment, framework),
        others=others,
    )


def _next(assessment: Assessment, framework: Framework) -> str:
    advice = advice_of(assessment)
    step = advice[0] if advice else _left(assessment, framework)
    return framework.words.text("home.next", step=step)


def _link(sheet: Sheet, entry: Entry, framework: Framework) -> Link:
    mark = _mark(entry.assessment.verdict, framework)
    return Link(entry.info.name, href_of(sheet, entry.info.id), mark, entry.example)


def _go_on(current: Mapping[str, Entry], framework: Framework) -> NextStep | None:
    """The last worksheet with something left, else the sheet after it, else one before it."""
    latest = sorted(current.values(), key=lambda entry: entry.info.changed, reverse=True)
    unfinished = [entry for entry in latest if _count_left(entry.assessment)]
    if unfinished:
        return _resume(unfinished[0], framework)
    tiles = list(framework.tiles)
    done = next(
        (n for n, tile in enumerate(tiles, 1) if latest and tile.id == latest[0].info.sheet), 0
    )
    for tile in (*tiles[done:], *tiles[:done]):
        if tile.id in framework.sheets and tile.id not in current:
            text = framework.words.text("home.begin", title=tile.title)
            return NextStep(text, framework.sheets[tile.id].notebook)
    return _resume(latest[0], framework) if latest else None


def _resume(entry: Entry, framework: Framework) -> NextStep:
    sheet = framework.sheets[entry.info.sheet]
    left = _left(entry.assessment, framework)
    text = framework.words.text("home.go_on", title=sheet.title, left=left)
    return NextStep(text, href_of(sheet, entry.info.id))


def _left(assessment: Assessment, framework: Framework) -> str:
    left = _count_left(assessment)
    kind = {0: "none", 1: "one"}.get(left, "many")
    return framework.words.text(f"home.left.{kind}", count=left)


def _count_left(assessment: Assessment) -> int:
    return assessment.completeness.asked - assessment.completeness.answered


def _example(framework: Framework) -> NextStep | None:
    """The first sheet on the pathway that comes with an example."""
    for tile in framework.tiles:
        if tile.id in framework.examples and tile.id in framework.sheets:
            href = href_of(framework.sheets[tile.id], EXAMPLE_WORKSHEET)
            return NextStep(framework.words.text("home.example", title=tile.title), href)
    return None


def href_of(sheet: Sheet, worksheet: str = "") -> str:
    """Where a worksheet is opened: relative, so that it holds under any base address.

    Without a worksheet, the one that a person changed last.
    """
    if not worksheet:
        return sheet.notebook
    return f"{sheet.notebook}?worksheet={quote(worksheet, safe='')}"


def _mark(level: Verdict, framework: Framework) -> Mark:
    return Mark(level, framework.words.text(f"level.{level}"))


def pathway_text(framework: Framework) -> str:
    """The pathway before anybody has begun, a line each: the same every day, to compare with."""
    lines = []
    for stage in pathway(framework, (), Workbook(framework, date.min).gates()).stages:
        lines.append(f"{stage.title}: {stage.question} ({stage.gate.mark.level})")
        lines += [f"  {t.title} ({t.href or 'not built'}): {t.text}" for t in stage.tiles]
    return "\n".join(lines)
