"""Where a person stands on the pathway of twelve sheets, and what comes next.

Sheets are read, never locked: the gate of a stage tells what is missing and holds nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from playbook.fields import EXAMPLE_WORKSHEET
from playbook.framework import Framework
from playbook.model import Assessment, Level, Sheet, Stage, Tile, Verdict, worst
from playbook.report.account import headline
from playbook.report.steps import Step, advice_of
from playbook.store.types import WorksheetInfo

PREREQUISITES = ("catalyst", "champion", "entry_point")
"""CAT-02: the sheets without which the first stage can't hold."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A level as a screen shows it: shape and colour by `level`, and what it is called."""

    level: Verdict
    word: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A worksheet of a built sheet, and what it comes to; an `example` is not the person's own."""

    info: WorksheetInfo
    assessment: Assessment
    example: bool = False


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
    """A stage with its gate and its tiles. `gate_text` says what the gate waits for."""

    id: str
    title: str
    question: str
    gate: Mark
    gate_text: str
    tiles: tuple[TileState, ...]


@dataclass(frozen=True, slots=True)
class Pathway:
    """Everything the home page tells. `go_on` is the main button; `example` a filled sheet."""

    stages: tuple[StageState, ...]
    go_on: Step | None
    example: Step | None


# --------------------------------------------------------------------------- the gate


def recognise_ready(verdicts: Mapping[str, Verdict]) -> Verdict:
    """Whether the first stage holds, from the verdict of each sheet by id (CAT-02).

    A catalyst alone is never enough: catalyst, champion and entry point each count, and one that
    nobody has recorded is UNKNOWN.
    """
    return _hold(PREREQUISITES, verdicts)


def _gate(stage: Stage, verdicts: Mapping[str, Verdict], framework: Framework) -> tuple[Mark, str]:
    """The first stage waits for its prerequisites, the others for all their sheets."""
    tiles = {tile.id: tile.title for tile in stage.tiles}
    first = tiles.keys() >= set(PREREQUISITES)
    needed = PREREQUISITES if first else tuple(tiles)
    level = recognise_ready(verdicts) if first else _hold(needed, verdicts)
    waiting = [tiles[sheet] for sheet in needed if verdicts.get(sheet) != Level.PASS]
    key = "home.gate.waits" if waiting else "home.gate.open"
    return _mark(level, framework), framework.words.say(key, sheets=", ".join(waiting))


def _hold(sheets: Iterable[str], verdicts: Mapping[str, Verdict]) -> Verdict:
    return worst(verdicts.get(sheet, Level.UNKNOWN) for sheet in sheets)


# --------------------------------------------------------------------------- the twelve


def pathway(framework: Framework, entries: Iterable[Entry]) -> Pathway:
    """The pathway as it stands. `entries` has the last changed worksheet first, as a store does.

    A worksheet without an answer does not count as begun, and an example never counts as one's own.
    """
    begun: dict[str, list[Entry]] = {tile.id: [] for tile in framework.tiles}
    for entry in entries:
        if entry.assessment.completeness.answered:
            begun[entry.info.sheet].append(entry)
    current = {
        sheet: own[0]
        for sheet, mine in begun.items()
        if (own := [entry for entry in mine if not entry.example])
    }
    return Pathway(
        stages=tuple(_stage(stage, current, begun, framework) for stage in framework.stages),
        go_on=_go_on(current, framework),
        example=_example(framework),
    )


def _stage(
    stage: Stage,
    current: Mapping[str, Entry],
    begun: Mapping[str, list[Entry]],
    framework: Framework,
) -> StageState:
    verdicts = {sheet: entry.assessment.verdict for sheet, entry in current.items()}
    gate, gate_text = _gate(stage, verdicts, framework)
    tiles = tuple(
        _tile(tile, current.get(tile.id), begun[tile.id], framework) for tile in stage.tiles
    )
    return StageState(stage.id, stage.title, stage.question, gate, gate_text, tiles)


def _tile(tile: Tile, entry: Entry | None, begun: list[Entry], framework: Framework) -> TileState:
    words, sheet = framework.words, framework.sheets.get(tile.id)
    if sheet is None:
        unbuilt = words.say("home.unbuilt")
        return TileState(tile.id, tile.title, None, None, "", tile.about, unbuilt, ())
    others = tuple(_link(sheet, other, framework) for other in begun if other is not entry)
    if entry is None:
        start = words.say("home.start", minutes=sheet.minutes)
        return TileState(tile.id, tile.title, sheet.notebook, None, "", tile.about, start, others)
    return TileState(
        id=tile.id,
        title=tile.title,
        href=href_of(sheet, entry.info.id),
        mark=_mark(entry.assessment.verdict, framework),
        name=entry.info.name,
        text=headline(sheet, entry.assessment.verdict, framework),
        next=_next(entry.assessment, framework),
        others=others,
    )


def _next(assessment: Assessment, framework: Framework) -> str:
    advice = advice_of(assessment)
    step = advice[0] if advice else _left(assessment, framework)
    return framework.words.say("home.next", step=step)


def _link(sheet: Sheet, entry: Entry, framework: Framework) -> Link:
    mark = _mark(entry.assessment.verdict, framework)
    return Link(entry.info.name, href_of(sheet, entry.info.id), mark, entry.example)


def _go_on(current: Mapping[str, Entry], framework: Framework) -> Step | None:
    """The last worksheet with something left, else the next sheet, else the last worksheet."""
    latest = sorted(current.values(), key=lambda entry: entry.info.changed, reverse=True)
    unfinished = [entry for entry in latest if _count_left(entry.assessment)]
    if unfinished:
        return _resume(unfinished[0], framework)
    for tile in framework.tiles:
        if tile.id in framework.sheets and tile.id not in current:
            text = framework.words.say("home.begin", title=tile.title)
            return Step(text, framework.sheets[tile.id].notebook)
    return _resume(latest[0], framework) if latest else None


def _resume(entry: Entry, framework: Framework) -> Step:
    sheet = framework.sheets[entry.info.sheet]
    left = _left(entry.assessment, framework)
    text = framework.words.say("home.go_on", title=sheet.title, left=left)
    return Step(text, href_of(sheet, entry.info.id))


def _left(assessment: Assessment, framework: Framework) -> str:
    left = _count_left(assessment)
    kind = {0: "none", 1: "one"}.get(left, "many")
    return framework.words.say(f"home.left.{kind}", count=left)


def _count_left(assessment: Assessment) -> int:
    return assessment.completeness.asked - assessment.completeness.answered


def _example(framework: Framework) -> Step | None:
    """The first sheet on the pathway that comes with an example."""
    for tile in framework.tiles:
        if tile.id in framework.examples:
            href = href_of(framework.sheets[tile.id], EXAMPLE_WORKSHEET)
            return Step(framework.words.say("home.example", title=tile.title), href)
    return None


def href_of(sheet: Sheet, worksheet: str = "") -> str:
    """Where a worksheet is opened: relative, so that it holds under any base address.

    Without a worksheet, the one that a person changed last.
    """
    if not worksheet:
        return sheet.notebook
    return f"{sheet.notebook}?worksheet={quote(worksheet, safe='')}"


def _mark(level: Verdict, framework: Framework) -> Mark:
    return Mark(level, framework.words.say(f"level.{level}"))


def pathway_text(framework: Framework) -> str:
    """The pathway before anybody has begun, a line each: the same every day, to compare with."""
    lines = []
    for stage in pathway(framework, ()).stages:
        lines.append(f"{stage.title}: {stage.question} ({stage.gate.level})")
        lines += [f"  {t.title} ({t.href or 'not built'}): {t.text}" for t in stage.tiles]
    return "\n".join(lines)
