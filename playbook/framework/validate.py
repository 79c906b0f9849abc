"""Whether the framework's content is sound: ids, sources, conditions, messages, what is carried.

Each check raises ContentError that begins with the name of the file that is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

from playbook.framework.framework import Framework
from playbook.model import (
    PICKED,
    VERDICTS,
    Carry,
    CatalogueRow,
    ContentError,
    Example,
    InputError,
    Message,
    Question,
    Sheet,
    Stage,
    Table,
    Threshold,
    Tile,
)
from playbook.model.content import DONE
from playbook.rules import rules_for
from playbook.worksheet.kinds import choice_ids
from playbook.worksheet.parse import read_worksheet


def _check(name: str, good: bool, problem: str) -> None:
    if not good:
        raise ContentError(f"{name}: {problem}")


def _known(name: str, ids: Iterable[str], known: Mapping[str, Any], what: str, where: str) -> None:
    for item in ids:
        _check(
            name,
            item in known,
            f"{where} names the {what} {item!r}, which does not exist; correct or add it.",
        )


def check_catalogue(name: str, rows: Iterable[CatalogueRow], framework: Framework) -> None:
    """Every row rests on a place in a source that is there."""
    for row in rows:
        _check_source(name, row, framework)


def _check_source(name: str, item: CatalogueRow | Threshold, framework: Framework) -> None:
    _known(name, [item.source], framework.sources, "source", item.id)
    places = filter(None, (place.strip() for place in item.locator.split(";")))
    _known(name, places, framework.sources[item.source].locators, "locator", item.id)
    _check(
        name,
        item.source == "house" or bool(item.locator),
        f"{item.id} rests on {item.source}; say in which place, with a locator.",
    )


def check_thresholds(framework: Framework) -> None:
    """Numbers rest on a source and on rows; our own have a reason."""
    name = "thresholds.toml"
    for threshold in framework.thresholds.values():
        _check_source(name, threshold, framework)
        _known(name, threshold.rows, framework.rows, "row", threshold.id)
        _check(
            name,
            threshold.source != "house" or bool(threshold.reason),
            f"{threshold.id} is our own judgement and needs a reason.",
        )


def check_pathway(framework: Framework) -> None:
    """Tiles are there once and name rows that exist."""
    _check_unique("pathway.toml", [tile.id for tile in framework.tiles])
    for tile in framework.tiles:
        _known("pathway.toml", tile.rows, framework.rows, "row", tile.id)
    for page in filter(None, (stage.page for stage in framework.stages)):
        for chart, rows in page.charts.items():
            _known("pathway.toml", rows, framework.rows, "row", chart)


def check_sheet(name: str, sheet: Sheet, framework: Framework) -> None:
    """A sheet names only what exists, and has the words of all that its rules say."""
    places = _places(framework)
    _known(name, [sheet.id], places, "tile of pathway.toml", "id")
    _known(name, filter(None, [sheet.next_sheet]), places, "tile", "next_sheet")
    _check(name, f"{sheet.id}.toml" == name, f"holds the sheet {sheet.id!r}; rename one of them.")
    tile = next((tile for tile in framework.tiles if tile.id == sheet.id), None)
    _check(
        name,
        tile is None or tile.title == sheet.title,
        f"its title is {sheet.title!r}, and its tile in pathway.toml has another; make them one.",
    )
    _check(
        name,
        sum(table.candidates for table in sheet.tables) <= 1,
        "has more than one table of candidates; one sheet compares one thing.",
    )
    for verdict in VERDICTS:
        _check(
            name,
            verdict in sheet.verdict_texts,
            f"verdict_texts has no words for {verdict.value}; add them.",
        )
    _check_sections(name, sheet, framework)
    _check_messages(name, sheet, framework)
    _check_carries(name, sheet, framework)
    _check_actions(name, sheet)
    _check_versions(name, sheet)
    for part in (sheet.sections, sheet.notes, sheet.prompts):
        _check_unique(name, [item.id for item in part])
    for note in (*sheet.notes, *sheet.prompts):
        _known(name, note.rows, framework.rows, "row", note.id)
    for chart, rows in sheet.charts.items():
        _known(name, rows, framework.rows, "row", chart)


def check_example(name: str, sheet: str, example: Example, framework: Framework) -> None:
    """An example can be read as answers to its sheet."""
    _known(name, [sheet], framework.sheets, "sheet", "the file's name")
    try:
        read_worksheet(framework.sheets[sheet], example.answers, framework.words)
    except InputError as error:
        raise ContentError(f"{name}: {error}") from None


def _check_sections(name: str, sheet: Sheet, framework: Framework) -> None:
    tables = {table.id: table for table in sheet.tables}
    for section in sheet.sections:
        _known(name, filter(None, [section.table]), tables, "table", section.id)
    for table in (None, *tables):
        questions = list(sheet.questions(table))
        _check_unique(name, [q.id for q in questions] + ([] if table else list(tables)))
        seen = {q.id: q for q in sheet.questions()} if table else {}
        for question in questions:
            _check_question(name, question, seen, tables, framework)
            if question.apart_from:
                there = {q.id: q for q in sheet.questions(question.table)}
                _known(name, [question.apart_from.question], there, "question", question.id)
            seen[question.id] = question
        _check_fills(name, {question.id: question for question in questions})
        if table:
            asked = {question.id: question for question in questions}
            _known(name, [tables[table].label], asked, "question", f"label of {table}")
            _known(name, tables[table].compare, asked, "question", f"compare of {table}")
            _known(name, tables[table].rows, framework.rows, "row", table)
            _check_seal(name, tables[table], asked)
            _check_dated(name, tables[table], asked)
    if sheet.chosen:
        _known(name, [sheet.chosen], {q.id: q for q in sheet.questions()}, "question", "chosen")


def _check_unique(name: str, ids: list[str]) -> None:
    for item, times in Counter(ids).items():
        _check(name, times == 1, f"the id {item!r} is there {times} times; give each its own.")


def _check_question(
    name: str,
    question: Question,
    before: Mapping[str, Question],
    tables: Mapping[str, Any],
    framework: Framework,
) -> None:
    _check(name, bool(question.rows), f"{question.id} rests on no row; name one in rows.")
    _known(name, question.rows, framework.rows, "row", question.id)
    _known(name, filter(None, [question.table]), tables, "table", question.id)
    _check(
        name,
        bool(question.choices) == (question.kind in PICKED),
        f"{question.id} has kind {question.kind!r}; choices go with {', '.join(PICKED)} alone.",
    )
    _check(
        name,
        question.kind == "many" or not any(choice.alone for choice in question.choices),
        f"{question.id}: a choice that stands alone goes with kind many alone.",
    )
    _check_number(name, question)
    _check(
        name,
        (question.kind == "row") == bool(question.table),
        f"{question.id}: a question of kind row names its table, and no other kind does.",
    )
    _check(
        name,
        question.kind == "row" or question.apart_from is None,
        f"{question.id}: apart_from leaves rows out, so it goes with kind row alone.",
    )
    _check(
        name,
        not question.offers or question.kind in ("text", "long_text"),
        f"{question.id}: only a text may be one of the names that a carry offers.",
    )
    _check_unique(name, list(choice_ids(question)))
    _check(
        name,
        {one.question for one in question.needed_if} <= {one.question for one in question.ask_if}
        and (question.optional or not question.needed_if),
        f"{question.id}: needed_if goes with optional, and with questions of its ask_if.",
    )
    for condition in (*question.ask_if, *question.needed_if):
        _known(name, [condition.question], before, "earlier question", question.id)
        allowed = choice_ids(before[condition.question])
        for answer in condition.any_of:
            _check(
                name,
                answer in allowed,
                f"{question.id} hangs on {condition.question} as {answer!r}, which nobody can "
                "choose.",
            )


def _check_fills(name: str, asked: Mapping[str, Question]) -> None:
    """What a choice brings along is an answer to another question of the same row."""
    for question in asked.values():
        for choice in question.choices:
            _known(name, choice.fills, asked, "question", f"fills of {question.id}")
            for other, value in choice.fills.items():
                allowed = choice_ids(asked[other])
                _check(
                    name,
                    question.kind == "one" and (not allowed or value in allowed),
                    f"{question.id} fills {other} with {value!r}, which nobody can answer.",
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


def _check_dated(name: str, table: Table, asked: Mapping[str, Question]) -> None:
    _known(name, filter(None, [table.dated]), asked, "question", f"dated of {table.id}")
    _check(
        name,
        table.dated is None or asked[table.dated].kind == "date",
        f"{table.id} stands in time by {table.dated!r}, which has to be a date.",
    )


def _check_actions(name: str, sheet: Sheet) -> None:
    for action in sheet.actions:
        _known(name, filter(None, [action.table]), _ids(sheet.tables), "table", "actions")
        asked = _ids(sheet.questions(action.table))
        named = filter(None, (action.what, action.who, action.day, action.done, action.instead))
        _known(name, named, asked, "question", "actions")
        _check(
            name,
            action.day is None or asked[action.day].kind == "date",
            f"actions: {action.day} is the day of an action and has to be a date.",
        )
        _check(
            name,
            action.done is None or choice_ids(asked[action.done]) == (DONE,),
            f"actions: {action.done} is ticked when an action is done; its one choice is {DONE!r}.",
        )


def _ids(items: Iterable[Any]) -> dict[str, Any]:
    return {item.id: item for item in items}


def _check_carries(name: str, sheet: Sheet, framework: Framework) -> None:
    _check_unique(name, [carry.id for carry in sheet.carries])
    names = {carry.id: carry for carry in sheet.carries if carry.table}
    for question in (one for section in sheet.sections for one in section.questions):
        _known(name, filter(None, [question.offers]), names, "carry of names", question.id)
    places, order = _places(framework), framework.order
    for carry in sheet.carries:
        _known(name, [carry.sheet], places, "sheet", f"carries {carry.id}")
        _known(name, carry.rows, framework.rows, "row", f"carries {carry.id}")
        _check(
            name,
            order.index(carry.sheet) < order.index(sheet.id),
            f"carries {carry.id} from {carry.sheet}, which comes later on the pathway.",
        )
        if source := framework.sheets.get(carry.sheet):
            _check_carried(name, carry, source)


def _check_carried(name: str, carry: Carry, source: Sheet) -> None:
    where = f"carries {carry.id} names the"
    whole = bool(carry.rows) and not (carry.question or carry.table or carry.number)
    problem = f"carries {carry.id} is a must: it has rows, and carries the sheet's whole verdict."
    _check(name, whole or not carry.must, problem)
    if carry.table:
        _check_carried_rows(name, carry, source, where)
    elif carry.number:
        known = {number: rule for rule in rules_for(source.id) for number in rule.numbers}
        _known(name, [carry.number], known, "number", where)
    elif carry.question:
        try:
            source.carried_question(carry.question)
        except KeyError:
            problem = f"{where} question {carry.question!r}, which {source.id} asks"
            raise ContentError(f"{name}: {problem} neither once nor of its candidates.") from None


def _check_carried_rows(name: str, carry: Carry, source: Sheet, where: str) -> None:
    """Names of rows are carried only where they are nobody's private answer."""
    _known(name, filter(None, [carry.table]), _ids(source.tables), "table", where)
    asked = _ids(source.questions(carry.table))
    _check(name, not carry.question, f"{where} table and a question; carry one of them.")
    label = source.table(carry.table or "").label
    problem = f"{where} table {carry.table!r}, whose names are private; carry something else."
    _check(name, not asked[label].private, problem)
    if carry.where:
        _known(name, [carry.where.question], asked, "question", where)
        known = dict.fromkeys(choice_ids(asked[carry.where.question]))
        _known(name, carry.where.any_of, known, "answer", where)


def _places(framework: Framework) -> dict[str, Tile | Stage]:
    """Where a sheet may stand: on a tile, or as the gate of a stage."""
    gates = {stage.gate: stage for stage in framework.stages if stage.gate}
    return {**{tile.id: tile for tile in framework.tiles}, **gates}


def _check_versions(name: str, sheet: Sheet) -> None:
    """Old answers find their question, and no old id gets a new meaning."""
    asked = {question.id for section in sheet.sections for question in section.questions}
    for version in [one.version for part in (sheet.changes, sheet.migrations) for one in part]:
        problem = f"tells of version {version}, and the sheet is version {sheet.version}."
        _check(name, 1 < version <= sheet.version, problem)
    for migration in sheet.migrations:
        old, new = migration.question, sheet.renamed.get(migration.question)
        _check(name, old not in asked, f"migrations: {old!r} is still asked; give it a new id.")
        _known(name, filter(None, [new]), dict.fromkeys(asked), "question", f"migrations of {old}")


def _check_messages(name: str, sheet: Sheet, framework: Framework) -> None:
    for rule in rules_for(sheet.id):
        problem = f'{rule.where} weighs candidates, which the sheet has not; give it scope="sheet".'
        _check(name, rule.scope == "sheet" or sheet.candidates is not None, problem)
    raised = {f"{rule.id}.{said}" for rule in rules_for(sheet.id) for said in rule.raises}
    for key in raised - set(sheet.messages):
        problem = f'a rule says {key}, and messages has no words for it; add [messages."{key}"].'
        _check(name, False, problem)
    for key, message in sheet.messages.items():
        problem = f"messages has words for {key}, which no rule says; correct or remove it."
        _check(name, key in raised, problem)
        _known(name, [key.partition(".")[0]], framework.rows, "row", f"message {key}")
        _known(name, message.subsumes, sheet.messages, "message", f"subsumes of {key}")
        _check_braces(name, key, message)
        _check(
            name,
            not message.ours or bool(message.reading),
            f"{key} is our own judgement and needs a reading that says why.",
        )
        row = framework.rows[key.partition(".")[0]]
        _check(
            name,
            message.ours or row.source != "house",
            f"{key} rests on our own judgement alone; say so with ours = true.",
        )


def _check_braces(name: str, key: str, message: Message) -> None:
    """Whether what a rule fills in has a name; assessing shows whether the rule gives it."""
    try:
        parts = [*Formatter().parse(message.text), *Formatter().parse(message.advice)]
        good = all(field is None or field.isidentifier() for _, field, *_ in parts)
    except ValueError:
        good = False
    _check(name, good, f"{key} has a brace that holds no name; write {{questions}}, for instance.")
