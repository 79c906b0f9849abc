"""Reads content/ and checks all of it: the only reader of the framework's files."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from playbook.model import (
    PICKED,
    Carry,
    CatalogueRow,
    Content,
    ContentError,
    Example,
    InputError,
    Question,
    Rehearsal,
    Sheet,
    Source,
    Stage,
    Table,
    Threshold,
    Tile,
)
from playbook.resources import content_dir
from playbook.rules import rules_for
from playbook.values import choice_ids, read_worksheet
from playbook.words import Words, flatten

C = TypeVar("C", bound=Content)


class _Chapter(Content):
    chapter: str
    title: str
    stage: str
    row: tuple[CatalogueRow, ...]


class _Sources(Content):
    source: tuple[Source, ...]


class _Thresholds(Content):
    threshold: tuple[Threshold, ...]


class _Pathway(Content):
    stage: tuple[Stage, ...]


@dataclass(frozen=True)
class Framework:
    """The framework as data: everything a rule, a screen or a command may quote.

    `rows` by catalogue id, `chapters` chapter id -> title, `sheets` only those that are built;
    `stages` has all tiles.
    """

    rows: Mapping[str, CatalogueRow]
    chapters: Mapping[str, str]
    sources: Mapping[str, Source]
    thresholds: Mapping[str, Threshold]
    stages: tuple[Stage, ...]
    sheets: Mapping[str, Sheet]
    words: Words
    examples: Mapping[str, Example]
    rehearsal: Rehearsal

    @cached_property
    def threshold_values(self) -> Mapping[str, float]:
        """The numbers by id, as rules read them."""
        return {threshold.id: threshold.value for threshold in self.thresholds.values()}

    @property
    def tiles(self) -> Iterator[Tile]:
        """The tiles in the order of the pathway."""
        for stage in self.stages:
            yield from stage.tiles

    @property
    def order(self) -> list[str]:
        """The ids of all sheets in the order of the pathway, a stage's gate at its end."""
        return [sheet for stage in self.stages for sheet in stage.sheets]

    @property
    def titles(self) -> Mapping[str, str]:
        """What each sheet on the pathway is called, built or not."""
        titles = {tile.id: tile.title for tile in self.tiles}
        titles |= {stage.gate: stage.title for stage in self.stages if stage.gate}
        return titles | {sheet.id: sheet.title for sheet in self.sheets.values()}

    def says_who(self, row: str) -> dict[str, str]:
        """Source, place and our reading of a catalogue row, in words for a screen."""
        catalogue_row = self.rows[row]
        source = self.sources[catalogue_row.source]
        places = (part.strip() for part in catalogue_row.locator.split(";") if part.strip())
        return {
            "row": row,
            "source": source.title,
            "place": "; ".join(source.locators.get(place, place) for place in places),
            "reading": catalogue_row.statement,
        }


@lru_cache(maxsize=4)
def load_framework(folder: Path | None = None) -> Framework:
    """Read and check the content folder (the kit's own when None).

    Raises ContentError that begins with the name of the file that is wrong.
    """
    folder = folder or content_dir()
    chapters = [
        (path.name, _read(_Chapter, path)) for path in sorted(folder.glob("catalogue/*.toml"))
    ]
    sheets = [(path.name, _read(Sheet, path)) for path in sorted(folder.glob("sheets/*.toml"))]
    sources = _read(_Sources, folder / "sources.toml").source
    thresholds = _read(_Thresholds, folder / "thresholds.toml").threshold
    framework = Framework(
        rows=_by_id((name, row) for name, chapter in chapters for row in chapter.row),
        chapters={chapter.chapter: chapter.title for _, chapter in chapters},
        sources=_by_id(("sources.toml", source) for source in sources),
        thresholds=_by_id(("thresholds.toml", threshold) for threshold in thresholds),
        stages=_read(_Pathway, folder / "pathway.toml").stage,
        sheets=_by_id(sheets),
        words=_words(folder),
        examples=_examples(folder),
        rehearsal=_read(Rehearsal, folder / "rehearsal.toml"),
    )
    _check_catalogue(chapters, framework)
    _check_thresholds(framework)
    _check_pathway(framework)
    for name, sheet in sheets:
        _check_sheet(name, sheet, framework)
    for example in framework.examples:
        _check_example(example, framework)
    return framework


# --------------------------------------------------------------------------- reading


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentError(f"{path.name}: missing in {path.parent}; restore the file.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"{path.name}: not readable as TOML: {error}.") from None


def _words(folder: Path) -> Words:
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("wording*.toml")):
        more = flatten(_toml(path))
        twice = sorted(texts.keys() & more.keys())
        _check(path.name, not twice, f"the wording {twice} is in another file already.")
        texts |= more
    return Words(texts)


def _examples(folder: Path) -> dict[str, Example]:
    return {path.stem: _read(Example, path) for path in sorted(folder.glob("examples/*.toml"))}


def _read(model: type[C], path: Path) -> C:
    # Through JSON: strict mode then takes TOML's lists for tuples, but no "yes" for True.
    try:
        return model.model_validate_json(json.dumps(_toml(path), default=str), strict=True)
    except ValidationError as error:
        raise ContentError(f"{path.name}: {_first_problem(error)}") from None


def _first_problem(error: ValidationError) -> str:
    # A mistyped key is told before the missing one that it was meant to be.
    first = min(error.errors(include_url=False), key=lambda e: e["type"] != "extra_forbidden")
    where = ".".join(str(part) for part in first["loc"])
    more = error.error_count() - 1
    rest = f" ({more} more after it)" if more else ""
    given = repr(first["input"])
    shown = given if len(given) <= 60 else given[:59] + "…"  # noqa: PLR2004 - one line's worth
    return f"{where}: {first['msg']}; given was {shown}{rest}."


def _by_id(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, item in items:
        if item.id in found:
            raise ContentError(f"{name}: the id {item.id!r} is there twice; give one another id.")
        found[item.id] = item
    return found


# --------------------------------------------------------------------------- checking


def _check(name: str, good: bool, problem: str) -> None:
    if not good:
        raise ContentError(f"{name}: {problem}")


def _known(name: str, ids: Iterable[str], known: Mapping[str, Any], what: str, where: str) -> None:
    for item in ids:
        _check(name, item in known, f"{where} names the {what} {item!r}, which does not exist.")


def _check_catalogue(chapters: Iterable[tuple[str, _Chapter]], framework: Framework) -> None:
    for name, chapter in chapters:
        for row in chapter.row:
            _known(name, [row.source], framework.sources, "source", row.id)


def _check_thresholds(framework: Framework) -> None:
    name = "thresholds.toml"
    for threshold in framework.thresholds.values():
        _known(name, [threshold.source], framework.sources, "source", threshold.id)
        _known(name, threshold.rows, framework.rows, "row", threshold.id)
        _check(
            name,
            threshold.source != "house" or bool(threshold.reason),
            f"{threshold.id} is our own judgement and needs a reason.",
        )


def _check_pathway(framework: Framework) -> None:
    _check_unique("pathway.toml", [tile.id for tile in framework.tiles])
    for tile in framework.tiles:
        _known("pathway.toml", tile.rows, framework.rows, "row", tile.id)


def _check_sheet(name: str, sheet: Sheet, framework: Framework) -> None:
    places = _places(framework)
    _known(name, [sheet.id], places, "tile of pathway.toml", "id")
    _known(name, filter(None, [sheet.next_sheet]), places, "tile", "next_sheet")
    _check(name, f"{sheet.id}.toml" == name, f"holds the sheet {sheet.id!r}; rename one of them.")
    _check(
        name,
        sum(table.candidates for table in sheet.tables) <= 1,
        "has more than one table of candidates; one sheet compares one thing.",
    )
    _check_sections(name, sheet, framework)
    _check_messages(name, sheet, framework)
    _check_carries(name, sheet, framework)
    for note in (*sheet.notes, *sheet.prompts):
        _known(name, note.rows, framework.rows, "row", note.id)
    for chart, rows in sheet.charts.items():
        _known(name, rows, framework.rows, "row", chart)


def _check_example(sheet: str, framework: Framework) -> None:
    name = f"examples/{sheet}.toml"
    _known(name, [sheet], framework.sheets, "sheet", "the file's name")
    try:
        read_worksheet(framework.sheets[sheet], framework.examples[sheet].answers, framework.words)
    except InputError as error:
        raise ContentError(f"{name}: {error}") from None


def _check_sections(name: str, sheet: Sheet, framework: Framework) -> None:
    tables = {table.id: table for table in sheet.tables}
    for section in sheet.sections:
        _known(name, filter(None, [section.table]), tables, "table", section.id)
        _check(
            name,
            section.view is None or section.table is not None,
            f"{section.id} has a view and no table; a view draws the rows of a table.",
        )
    for table in (None, *tables):
        questions = list(sheet.questions(table))
        _check_unique(name, [q.id for q in questions] + ([] if table else list(tables)))
        seen = {q.id: q for q in sheet.questions()} if table else {}
        for question in questions:
            _check_question(name, question, seen, tables, framework)
            seen[question.id] = question
        if table:
            asked = {question.id: question for question in questions}
            _known(name, [tables[table].label], asked, "question", f"label of {table}")
            _known(name, tables[table].compare, asked, "question", f"compare of {table}")
            _known(name, tables[table].rows, framework.rows, "row", table)
            _check_seal(name, tables[table], asked)
    if sheet.chosen:
        _known(name, [sheet.chosen], {q.id: q for q in sheet.questions()}, "question", "chosen")


def _check_unique(name: str, ids: list[str]) -> None:
    for item, times in Counter(ids).items():
        _check(name, times == 1, f"the id {item!r} is there {times} times.")


def _check_question(
    name: str,
    question: Question,
    before: Mapping[str, Question],
    tables: Mapping[str, Any],
    framework: Framework,
) -> None:
    _known(name, question.rows, framework.rows, "row", question.id)
    _known(name, filter(None, [question.table]), tables, "table", question.id)
    _check(
        name,
        bool(question.choices) == (question.kind in PICKED),
        f"{question.id} has kind {question.kind!r}; choices go with {', '.join(PICKED)} alone.",
    )
    _check_number(name, question)
    _check(
        name,
        (question.kind == "row") == bool(question.table),
        f"{question.id}: a question of kind row names its table, and no other kind does.",
    )
    _check_unique(name, list(choice_ids(question)))
    for condition in question.ask_if:
        _known(name, [condition.question], before, "earlier question", question.id)
        allowed = choice_ids(before[condition.question])
        for answer in condition.any_of:
            _check(
                name,
                answer in allowed,
                f"{question.id} is asked if {condition.question} is {answer!r}, which nobody can "
                "choose.",
            )


def _check_number(name: str, question: Question) -> None:
    given = (question.unit, question.low, question.high, question.whole)
    _check(
        name,
        question.kind == "number" or given == ("", None, None, False),
        f"{question.id}: unit, low, high and whole go with kind number alone.",
    )
    low, high = question.low, question.high
    _check(
        name,
        low is None or high is None or low < high,
        f"{question.id}: low is {low} and high is {high}; low comes first.",
    )


def _check_seal(name: str, table: Table, asked: Mapping[str, Question]) -> None:
    named = [*filter(None, [table.seal]), *table.after_seal]
    _known(name, named, asked, "question", f"seal of {table.id}")
    _check(
        name,
        table.seal is None or asked[table.seal].kind == "date",
        f"{table.id} is sealed by {table.seal!r}, which has to be a date.",
    )


def _check_carries(name: str, sheet: Sheet, framework: Framework) -> None:
    _check_unique(name, [carry.id for carry in sheet.carries])
    places, order = _places(framework), framework.order
    for carry in sheet.carries:
        _known(name, [carry.sheet], places, "sheet", f"carries {carry.id}")
        _known(name, carry.rules, framework.rows, "row", f"carries {carry.id}")
        _check(
            name,
            order.index(carry.sheet) < order.index(sheet.id),
            f"carries {carry.id} from {carry.sheet}, which comes later on the pathway.",
        )
        source = framework.sheets.get(carry.sheet)
        if source and carry.question:
            _check_carried(name, carry, source)


def _check_carried(name: str, carry: Carry, source: Sheet) -> None:
    try:
        source.carried_question(carry.question or "")
    except KeyError:
        problem = f"carries {carry.id} names the question {carry.question!r}, which {source.id}"
        raise ContentError(f"{name}: {problem} asks neither once nor of its candidates.") from None


def _places(framework: Framework) -> dict[str, Tile | Stage]:
    """Where a sheet may stand: on a tile, or as the gate of a stage."""
    gates = {stage.gate: stage for stage in framework.stages if stage.gate}
    return {**{tile.id: tile for tile in framework.tiles}, **gates}


def _check_messages(name: str, sheet: Sheet, framework: Framework) -> None:
    raised = {f"{rule.id}.{said}" for rule in rules_for(sheet.id) for said in rule.says}
    for key in raised - set(sheet.messages):
        _check(name, False, f"a rule says {key}, and messages has no words for it.")
    for key, message in sheet.messages.items():
        _check(name, key in raised, f"messages has words for {key}, which no rule says.")
        _known(name, [key.partition(".")[0]], framework.rows, "row", f"message {key}")
        _known(name, message.subsumes, sheet.messages, "message", f"subsumes of {key}")
        _check(
            name,
            not message.ours or bool(message.reading),
            f"{key} is our own judgement and needs a reading that says why.",
        )
