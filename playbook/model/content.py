"""What is read from content/: strict, frozen, validated by pydantic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from playbook.model.levels import Level, Verdict

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
RowId = Annotated[str, StringConstraints(pattern=r"^[A-Z]+-\d+$")]
Sentence = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Content(BaseModel):
    """Base of everything read from content/: no unknown key, no change afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Source(Content):
    """A document (or "house": our own judgement) that a statement rests on."""

    id: str
    title: Sentence
    author: str = ""
    kind: str
    note: str = ""
    locators: Mapping[str, str] = {}


class CatalogueRow(Content):
    """One row of the framework: what a document says, in our words, and what the tool does with it.

    `proposal` is our own; `built` lists what the tool claims to have made of the row, which
    `playbook coverage` checks; `later` names the chapter that a row is left to, whole or in part,
    and behind a colon what of it.
    """

    id: RowId
    kind: tuple[
        Literal["input", "rule", "calc", "show", "chart", "facil", "number", "tension", "gap"], ...
    ] = Field(min_length=1)
    source: str
    locator: str = ""
    statement: Sentence
    tool: str = ""
    proposal: str = ""
    value: str = ""
    built: tuple[
        Literal["question", "rule", "calculation", "explanation", "chart", "prompt", "number"], ...
    ] = ()
    later: str = ""


class Threshold(Content):
    """A number that a rule compares with: never a literal in code."""

    id: Slug
    value: float
    unit: Sentence
    meaning: Sentence
    source: str
    locator: str = ""
    reason: str = ""
    rows: tuple[RowId, ...] = ()


class Choice(Content):
    """One of the answers a question offers.

    `alone`: of several choices this one excludes the others ("none of these").
    `fills`: what choosing it answers besides, by question of the same row, where nobody did.
    """

    id: Slug
    label: Sentence
    hint: str = ""
    alone: bool = False
    fills: Mapping[Slug, str] = {}


class Condition(Content):
    """Holds when `question` was answered with one of `any_of`; of several choices one suffices."""

    question: Slug
    any_of: tuple[str, ...]


Arrow = Annotated[str, StringConstraints(pattern=r"^[+-](success|impact|spread|cost)$")]

Kind = Literal[
    "answer", "one", "many", "rank", "scale", "row", "date", "number", "series", "text", "long_text"
]
"""answer: yes, partly, no, don't know · one / many: of `choices` · rank: `choices` put in order,
the first ones first · scale: one of `choices`, which stand in order from low to high and are
anchored in words · row: one row of a table · date · number: in `unit`, from `low` to `high` ·
series: numbers by date · text: one line · long_text: several lines."""

PICKED = ("one", "many", "rank", "scale")
"""The kinds that offer `choices`."""


class Question(Content):
    """One thing we ask. In a section with a table it is asked once for each row.

    `ask` is the next step while the answer is missing: one whole sentence. `unit`, `low`, `high`
    (both included) and `whole` go with kind number, and so does `unit_in`: the text question of the
    same row that says the unit, and is answered by what is typed behind the number. An `optional`
    one is needed all the same where every one of `needed_if` holds, which look at questions of its
    `ask_if`. Where a row is asked for, those of which `apart_from` holds are not offered. `offers`
    is a carry of names, each of which a text may be with one press. `private`:
    the answer stays with those who give it, whatever a class or a trainer may see of the sheet.
    `definite`: "nobody" and "nothing" answer it no more than "tbd" does.
    `codes`: it is answered with codes of people, each of which has this form (a pattern), so a name
    that is typed stays in the browser, and nothing else is taken.
    """

    id: Slug
    kind: Kind
    text: Sentence
    short: str = ""
    why: str = ""
    example: str = ""
    ask: str = ""
    rows: tuple[RowId, ...] = ()
    choices: tuple[Choice, ...] = ()
    table: Slug | None = None
    apart_from: Condition | None = None
    offers: Slug | None = None
    ask_if: tuple[Condition, ...] = ()
    optional: bool = False
    needed_if: tuple[Condition, ...] = ()
    private: bool = False
    definite: bool = False
    codes: str = ""
    max_length: int | None = Field(default=None, ge=1)
    unit: str = ""
    unit_in: Slug | None = None
    low: float | None = None
    high: float | None = None
    whole: bool = False


class Table(Content):
    """A list of rows that people add, remove and reorder.

    `candidates`: the rows are alternatives, each assessed and compared; at most one such table a
    sheet. With `all_count` they are no alternatives: the verdict is that of the row least far.
    `compact` rows take little room: one choice of several is a list to open.
    `label` is the question whose answer names a row. `rows` are the catalogue rows.
    `seal` is the date question that seals a row: from then on only `after_seal` may be answered.
    `opened` is the date question among those with which it is opened again.
    `dated` is the date question by which rows stand in time: what is said of the table is about the
    last of them, so that is where a link to it leads.
    """

    id: Slug
    title: Sentence
    row_name: Sentence
    label: Slug
    candidates: bool = False
    all_count: bool = False
    compact: bool = False
    intro: str = ""
    compare: tuple[Slug, ...] = ()
    max_rows: int = Field(default=50, ge=1)
    rows: tuple[RowId, ...] = ()
    seal: Slug | None = None
    opened: Slug | None = None
    after_seal: tuple[Slug, ...] = ()
    dated: Slug | None = None


class Section(Content):
    """A run of questions under one heading. `deeper` ones are closed on the first screen: they make
    an answer stronger, and nothing in them is ever missing.

    `view` names the picture in which a table's rows are drawn and moved, instead of as a list;
    without a table, the picture above the questions.
    """

    id: Slug
    title: Sentence
    intro: str = ""
    table: Slug | None = None
    deeper: bool = False
    view: Slug | None = None
    questions: tuple[Question, ...]


class Note(Content):
    """An explanation, or a prompt for a trainer or a talk, resting on catalogue rows."""

    id: Slug
    title: Sentence
    text: Sentence
    rows: tuple[RowId, ...]


class Message(Content):
    """The words and the weight of one finding, under `<catalogue id>.<name>`.

    `{name}` in `text` and `advice` is filled by the rule; `{questions}` always holds the short
    names of the questions it rests on. `subsumes` lists findings that this one makes redundant.
    `ours` marks a judgement that is ours, with the reason in `reading`.
    `heading` is at most a few words; `scope` limits a fail ("this group"). `arrows` are what speaks
    for and against, told apart and never added up: "+success", "-spread".
    `gaps`: what it warns of is missing answers, so the next step asks for them as the form does.
    """

    level: Level
    heading: Sentence
    text: Sentence
    advice: str = ""
    ours: bool = False
    reading: str = ""
    priority: bool = False
    scope: str = ""
    subsumes: tuple[str, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    gaps: bool = False


class SheetChange(Content):
    """What a new version of a sheet changed, told to people who answered an older one."""

    version: int
    text: Sentence


class Migration(Content):
    """A question that was renamed or retired: its old answers stay readable under `text`.

    `question` is the old id, `version` the first sheet version without it; `to` is the id it had
    then, or None when it was retired.
    """

    version: int
    question: Slug
    text: Sentence
    to: Slug | None = None


class Carry(Content):
    """Something decided on another sheet: shown here, changed there only.

    `question` is asked once on `sheet`, or of its candidates; then the decisive one's answer is
    meant. With `table` it is the names of that table's rows, in their order: of those that `where`
    picks, if it is given. With `number` it is a figure that the sheet's rules worked out. Without
    any of these it is the sheet's verdict. `text` has a {value}; `missing` is said while nothing is
    decided. `quiet` ones are for the rules alone.

    A `must` is what a gate asks of that sheet, by name: its verdict counts as a finding here, which
    rests on `rows`.
    """

    id: Slug
    sheet: Slug
    question: Slug | None = None
    table: Slug | None = None
    where: Condition | None = None
    number: Slug | None = None
    text: Sentence = "{value}"
    missing: str = ""
    quiet: bool = False
    columns: Slug | None = None
    must: str = ""
    rows: tuple[RowId, ...] = ()


DONE = "done"
"""The one choice of the question that is ticked when an action is done."""


class Action(Content):
    """What somebody promises on a sheet: the questions that hold what, who and by which day, and
    the one that is ticked when it is done; in `table`, one action a row.

    `instead` is told where `what` is open; `over_if` ends an action that nobody ticks.
    """

    what: Slug
    who: Slug | None = None
    day: Slug | None = None
    done: Slug | None = None
    table: Slug | None = None
    instead: Slug | None = None
    over_if: Condition | None = None


class Sheet(Content):
    """A worksheet as content: what is asked, and the words of what we answer.

    `about_people`: it judges people, so it stays closed where others could read along.
    """

    id: Slug
    version: int = Field(ge=1)
    title: Sentence
    headline: Sentence
    intro: Sentence
    minutes: int = Field(ge=1)
    notebook: str
    verdict_texts: Mapping[Verdict, str]
    next_sheet: Slug | None = None
    about_people: bool = False
    carries: tuple[Carry, ...] = ()
    actions: tuple[Action, ...] = ()
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...]
    chosen: Slug | None = None
    messages: Mapping[str, Message] = {}
    notes: tuple[Note, ...] = ()
    prompts: tuple[Note, ...] = ()
    charts: Mapping[str, tuple[RowId, ...]] = {}
    changes: tuple[SheetChange, ...] = ()
    migrations: tuple[Migration, ...] = ()

    @property
    def candidates(self) -> Table | None:
        """The table whose rows are compared, if the sheet has one."""
        return next((table for table in self.tables if table.candidates), None)

    @property
    def scales(self) -> Mapping[str, tuple[str, ...]]:
        """The points of each scale by its question's id, from low to high."""
        asked = (it for one in self.sections for it in one.questions if it.kind == "scale")
        return {it.id: tuple(choice.id for choice in it.choices) for it in asked}

    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """What the choices of each question are called, by its id."""
        return self._labels

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        asked = (it for one in self.sections for it in one.questions if it.choices)
        return {it.id: {choice.id: choice.label for choice in it.choices} for it in asked}

    @property
    def renamed(self) -> Mapping[str, str]:
        """Each old id of a question with the one it has today, the last renamed first."""
        now: dict[str, str] = {}
        for one in sorted(self.migrations, key=lambda it: it.version, reverse=True):
            if one.to:
                now[one.question] = now.get(one.to, one.to)
        return now

    def old_names(self, question: str) -> tuple[str, ...]:
        """The ids that a question had before."""
        return tuple(old for old, now in self.renamed.items() if now == question)

    def questions(self, table: str | None = None) -> Iterator[Question]:
        """The questions asked once (`table=None`), or for each row of `table`, in order."""
        return iter(self._asked_of.get(table, ()))

    @cached_property
    def _asked_of(self) -> Mapping[str | None, tuple[Question, ...]]:
        """Asked for of every row, so it is put together once."""
        tables = dict.fromkeys(section.table for section in self.sections)
        return {
            table: tuple(it for one in self.sections if one.table == table for it in one.questions)
            for table in tables
        }

    @property
    def asks_alone(self) -> frozenset[str]:
        """The tables in which what is asked of a row follows from that row's answers alone."""
        return self._asks_alone

    @cached_property
    def _asks_alone(self) -> frozenset[str]:
        once = {question.id for question in self.questions()}
        own = {it.id: {one.id for one in self.questions(it.id)} - once for it in self.tables}
        asks = {it: {on.question for q in self.questions(it) for on in q.ask_if} for it in own}
        return frozenset(table for table in own if asks[table] <= own[table])

    def question(self, question_id: str, table: str | None = None) -> Question:
        """The question of that id; KeyError when the sheet asks no such thing there."""
        return _named(self.questions(table), question_id)

    def open_questions(self, table: str | None = None) -> Iterator[Question]:
        """Those of the first screen, asked once or for each row of `table`, in order."""
        for section in self.sections:
            if section.table == table and not section.deeper:
                yield from section.questions

    def core(self, table: str | None = None) -> tuple[Question, ...]:
        """The questions that everybody answers: on the first screen and always asked. What names a
        row is left out."""
        label = self.table(table).label if table else ""
        return tuple(q for q in self.open_questions(table) if not q.ask_if and q.id != label)

    def asked_of(self, question_id: str) -> tuple[Question, str | None] | None:
        """The first question of that id, and the table of whose rows it is asked, if of any."""
        asked = ((it, one.table) for one in self.sections for it in one.questions)
        return next((found for found in asked if found[0].id == question_id), None)

    def carried_question(self, question_id: str) -> Question:
        """The question that others may carry: asked once, or of the candidates; else KeyError."""
        tables = [None, *([self.candidates.id] if self.candidates else [])]
        return _named((it for table in tables for it in self.questions(table)), question_id)

    def table(self, table_id: str) -> Table:
        """The table of that id; KeyError when the sheet has none."""
        return _named(self.tables, table_id)


Identified = TypeVar("Identified", Question, Table)


def _named(items: Iterable[Identified], wanted: str) -> Identified:
    return {one.id: one for one in reversed(tuple(items))}[wanted]  # the first; else KeyError
