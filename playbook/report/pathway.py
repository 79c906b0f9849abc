"""Where a person stands on the pathway, and what comes next.

Sheets are read, never locked: the gate of a stage tells what is missing and holds nothing back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from urllib.parse import quote

from playbook.assessing.workbook import Entry, Workbook
from playbook.framework import Framework
from playbook.model import Assessment, Finding, Level, Sheet, Stage, Tile, Verdict, worst
from playbook.model.wording import Words
from playbook.report.answers import shown
from playbook.report.steps import DECISION, GOES_ON, NextStep, decision_points, field_of, next_step
from playbook.report.summary import sentence
from playbook.worksheet.fields import EXAMPLE_WORKSHEET
from playbook.worksheet.record import says_something

_OPEN = (Level.FAIL, Level.WARN, Level.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Mark:
    """A level as a screen shows it: shape and colour by `level`, and what it is called."""

    level: Verdict
    word: str


@dataclass(frozen=True, slots=True)
class Link:
    """A worksheet to open, how it stands, and whether it is the one that counts."""

    id: str
    name: str
    href: str
    mark: Mark
    example: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class SheetState:
    """A sheet in the card of its stage, under the name of what the gate asks of it.

    `name` is the worksheet's that counts; `worksheets` are all of the sheet where there is another
    one, the one that counts first. `next` has an address that leads to the field.
    """

    id: str
    title: str
    href: str
    mark: Mark
    name: str
    text: str
    next: NextStep | None
    worksheets: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A stage that somebody works on: its gate's word and sentence, its sheets, its decision.

    `musts` are what the gate asks for, `supporting` the other sheets; `open` are the gate's own
    points, each with its address. `decide` leads to the decision, `decide_text` asks for it;
    `decision` says what was decided, by whom and by which day. `page` gathers its sheets.
    """

    mark: Mark
    text: str
    musts: tuple[SheetState, ...]
    supporting: tuple[SheetState, ...]
    open: tuple[NextStep, ...]
    decide: str | None
    decide_text: str
    decision: str
    page: NextStep | None = None


@dataclass(frozen=True, slots=True)
class StageState:
    """A stage: what it asks, and how it stands; `work` is None while nobody has begun.

    `href` leads to its first sheet, None while none is built. What has no gate stands `beside` the
    stages: it is no step between them.
    """

    id: str
    title: str
    question: str
    work: Work | None
    href: str | None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class ExampleStory:
    """The finished example: its first sheet, and each sheet that it runs through, in order;
    `others` are other stories, at the gate that they end with."""

    begin: NextStep
    sheets: tuple[NextStep, ...]
    others: tuple[NextStep, ...]


@dataclass(frozen=True, slots=True)
class Pathway:
    """Everything the home page tells. `go_on` is the main button; None where nothing is left."""

    stages: tuple[StageState, ...]
    go_on: NextStep | None
    example: ExampleStory | None
    begun: bool


def pathway(workbook: Workbook) -> Pathway:
    """The pathway as it stands. A worksheet without an answer does not count as begun, and an
    example never counts as one's own."""
    framework = workbook.framework
    current = {
        sheet.id: entry for sheet in framework.sheets.values() if (entry := workbook.current(sheet))
    }
    stages = []
    for stage in framework.stages:
        work = stage_work(stage, workbook)
        first = next((framework.sheets[it] for it in stage.sheets if it in framework.sheets), None)
        href = first.notebook if first else None
        stages.append(
            StageState(stage.id, stage.title, stage.question, work, href, beside=not stage.gate)
        )
    return Pathway(tuple(stages), _go_on(current, workbook), _example(framework), bool(current))


# --------------------------------------------------------------------------- a stage in work


def stage_work(stage: Stage, workbook: Workbook, listed: bool = True) -> Work | None:
    """The card of a stage; None while nobody has begun it, and where none of its sheets is built.
    The first is begun by itself. `listed` tells all worksheets of each sheet, and so reads them."""
    framework = workbook.framework
    sheets = (framework.sheets[it] for it in stage.sheets if it in framework.sheets)
    if stage != framework.stages[0] and not any(workbook.current(sheet) for sheet in sheets):
        return None
    gate = framework.sheets.get(stage.gate or "")
    named = {carry.sheet: carry.must for carry in gate.carries if carry.must} if gate else {}
    tiles = {tile.id: tile for tile in stage.tiles if tile.id in framework.sheets}
    if not tiles:
        return None
    state = partial(_sheet, workbook=workbook, listed=listed)
    musts = [state(tiles[it], must) for it, must in named.items() if it in tiles]
    others = [state(tile, tile.title) for tile in tiles.values() if tile.id not in named]
    if gate is None:
        mark = _mark(worst(state.mark.level for state in others), framework)
        return Work(mark, "", (), tuple(others), (), None, "", "")
    assessment = workbook.assess(gate)
    ready = sum(state.mark.level == Level.PASS for state in musts)
    text = sentence(gate, assessment.verdict, framework)
    if ready < len(musts):
        text += " " + framework.words.text("home.in_place", ready=ready, count=len(musts))
    return Work(
        mark=_mark(assessment.verdict, framework),
        text=text,
        musts=tuple(musts),
        supporting=tuple(others),
        open=tuple(_points(gate, assessment, workbook)),
        decide=_decide(gate, workbook),
        decide_text=_to_decide(gate, framework),
        decision=_decision(workbook.current(gate), framework.words, workbook.today),
        page=NextStep(stage.page.title, stage.page.notebook) if stage.page else None,
    )


def _points(gate: Sheet, assessment: Assessment, workbook: Workbook) -> Iterator[NextStep]:
    """What the gate finds by itself, besides its musts."""
    href = _decide(gate, workbook)
    own = [it for it in assessment.findings if it.level in _OPEN and it.advice and not it.sheet]
    for finding in (*own, *decision_points(assessment, workbook.framework)):
        field = field_of(gate, finding)
        yield NextStep(finding.advice, at_field(href, field), field)


def _decide(gate: Sheet, workbook: Workbook) -> str:
    entry = workbook.current(gate)
    return href_of(gate, entry.info.id if entry else "")


def _decision(gate: Entry | None, words: Words, today: date) -> str:
    """What was decided at a gate, or is proposed until its day, with name and day; else empty."""
    given = gate.worksheet.answers if gate else {}
    if gate is None or not given.get(DECISION):
        return ""
    decision, who, day = (
        shown(gate.sheet.question(name), given.get(name), words)
        for name in (DECISION, "decided_by", "decide_by")
    )
    until = given.get("decide_by")
    ahead = isinstance(until, str) and date.fromisoformat(until) > today
    who, day = who or words.text("home.no_owner"), day or words.text("home.no_day")
    said = "home.proposed" if ahead else "home.decided"
    return words.text(said, decision=decision, who=who.rstrip("."), day=day)


def _sheet(tile: Tile, title: str, workbook: Workbook, listed: bool) -> SheetState:
    framework = workbook.framework
    sheet = framework.sheets[tile.id]
    entry = workbook.current(sheet)
    worksheets = _worksheets(sheet, entry, workbook) if listed else ()
    if entry is None:
        begin = framework.words.text("home.start", title=sheet.title, minutes=sheet.minutes)
        step = NextStep(begin, sheet.notebook)
        missing = _mark(Level.UNKNOWN, framework)
        return SheetState(tile.id, title, sheet.notebook, missing, "", tile.about, step, worksheets)
    verdict = entry.assessment.verdict
    return SheetState(
        id=tile.id,
        title=title,
        href=href_of(sheet, entry.info.id),
        mark=_mark(verdict, framework),
        name=entry.info.name if entry.info.name != sheet.title else "",
        text=sentence(sheet, verdict, framework),
        next=_next(entry, framework) if verdict != Level.PASS else None,
        worksheets=worksheets,
    )


def _next(entry: Entry, framework: Framework) -> NextStep | None:
    """The sheet's own next step, with the address of the field where it is done."""
    step = next_step(entry.sheet, entry.assessment, framework)
    return step and replace(step, href=at_field(href_of(entry.sheet, entry.info.id), step.field))


def _worksheets(sheet: Sheet, current: Entry | None, workbook: Workbook) -> tuple[Link, ...]:
    """Every worksheet of the sheet that says something; none where that is the one that counts."""
    mine = [entry for entry in workbook.entries(sheet.id) if says_something(entry.worksheet)]
    if all(entry is current for entry in mine):
        return ()
    return tuple(
        Link(
            id=entry.info.id,
            name=entry.info.name,
            href=href_of(sheet, entry.info.id),
            mark=_mark(entry.assessment.verdict, workbook.framework),
            example=entry.example,
            counts=entry is current,
        )
        for entry in sorted(mine, key=lambda entry: entry is not current)
    )


# --------------------------------------------------------------------------- the main button


def _go_on(current: dict[str, Entry], workbook: Workbook) -> NextStep | None:
    """The last worksheet with an answer missing; else, a stage after the other, the next sheet and
    then the decision. None once all is decided, or to stop: then the brief is what goes on."""
    framework = workbook.framework
    latest = sorted(current.values(), key=lambda entry: entry.info.changed, reverse=True)
    for entry in latest:
        if missing := _missing(entry.assessment):
            return _resume(entry, missing, framework)
    for stage in framework.stages:
        for sheet in (framework.sheets[it] for it in stage.sheets if it in framework.sheets):
            if sheet.id not in current and sheet.id != stage.gate:
                text = framework.words.text("home.begin", title=sheet.title)
                return NextStep(text, sheet.notebook)
        if gate := framework.sheets.get(stage.gate or ""):
            decided = _decided(current.get(gate.id))
            if decided == "stop":
                return None
            if decided not in GOES_ON:
                return NextStep(_to_decide(gate, framework), _decide(gate, workbook))
    return None


def _to_decide(gate: Sheet, framework: Framework) -> str:
    """What a gate asks for, in its own words where it has some."""
    return gate.question(DECISION).ask or framework.words.text("home.decide")


def _decided(gate: Entry | None) -> str:
    """What was decided at a gate; empty while nothing is, or while the decision itself is open.

    What the brief asks for is no part of it. Going on with open points counts: a gate never locks.
    """
    if gate is None or any(it.level in _OPEN and not it.sheet for it in gate.assessment.findings):
        return ""
    asked = {question.id for question in gate.sheet.open_questions()}
    points = decision_points(gate.assessment, gate.workbook.framework)
    if any(asked.intersection(point.questions) for point in points):
        return ""
    return str(gate.worksheet.answers.get(DECISION) or "")


def _missing(assessment: Assessment) -> list[Finding]:
    """The questions of the first screen that have no answer yet, as the form asks them."""
    return [finding for finding in assessment.findings if finding.is_missing]


def _resume(entry: Entry, missing: list[Finding], framework: Framework) -> NextStep:
    kind = "one" if len(missing) == 1 else "many"
    left = framework.words.text(f"home.left.{kind}", count=len(missing))
    text = framework.words.text("home.go_on", title=entry.sheet.title, left=left)
    field = field_of(entry.sheet, missing[0])
    return NextStep(text, at_field(href_of(entry.sheet, entry.info.id), field), field)


def _example(framework: Framework) -> ExampleStory | None:
    """The finished example, on the sheets that come with one."""
    sheets = tuple(
        NextStep(framework.titles[sheet], example_href(framework, sheet))
        for sheet in framework.order
        if sheet in framework.examples and sheet in framework.sheets
    )
    if not sheets:
        return None
    begin = NextStep(framework.words.text("home.example"), sheets[0].href)
    return ExampleStory(begin, sheets, tuple(_others(framework)))


def _others(framework: Framework) -> Iterator[NextStep]:
    """The other stories that are offered: each opens at a gate, which leads to its sheets."""
    for name, gate, offer in offers(framework):
        yield NextStep(offer, href_of(framework.sheets[gate], name))


def offers(framework: Framework) -> Iterator[tuple[str, str, str]]:
    """The stories beside the first that are offered: name, the gate that it ends with, and the
    words for it."""
    for name, story in framework.stories.items():
        for gate in (stage.gate or "" for stage in framework.stages):
            if gate in story and gate in framework.sheets and story[gate].offer:
                yield name, gate, story[gate].offer


# --------------------------------------------------------------------------- addresses


def href_of(sheet: Sheet, worksheet: str = "") -> str:
    """Where a worksheet is opened: relative, so that it holds under any base address.

    Without a worksheet, the one that counts.
    """
    if not worksheet:
        return sheet.notebook
    return f"{sheet.notebook}?worksheet={quote(worksheet, safe='')}"


def example_href(framework: Framework, sheet: str) -> str | None:
    """Where the finished example of a sheet is opened; None where there is none."""
    if sheet not in framework.examples or sheet not in framework.sheets:
        return None
    return href_of(framework.sheets[sheet], EXAMPLE_WORKSHEET)


def at_field(href: str, field: str) -> str:
    """The same address with the field that the form turns to: "...#field=candidates/r1/by_when"."""
    return f"{href}#field={quote(field, safe='/')}" if field else href


def _mark(level: Verdict, framework: Framework) -> Mark:
    return Mark(level, framework.words.text(f"level.{level}"))


def pathway_text(framework: Framework) -> str:
    """The pathway before anybody has begun, a line each: the same every day, to compare with."""
    lines, gates = [], Workbook(framework, date.min).gates()
    for stage in framework.stages:
        gate = gates.get(stage.gate or "")
        lines.append(f"{stage.title}: {stage.question} ({gate.verdict if gate else Level.UNKNOWN})")
        for tile in stage.tiles:
            sheet = framework.sheets.get(tile.id)
            lines.append(
                f"  {tile.title} ({sheet.notebook if sheet else 'not built'}): {tile.about}"
            )
    return "\n".join(lines)
