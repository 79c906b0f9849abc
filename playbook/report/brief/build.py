"""Builds a stage's brief from the worksheets that count: pure, the same answers, the same pages.

What its content names is looked up, cut until it fits one page (`fit`), and told with its source.
Lines that rest on private answers are left out unless they are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from playbook.assessing.workbook import Entry, Workbook
from playbook.model import (
    BriefContent,
    BriefLine,
    BriefPart,
    ContentError,
    InputError,
    Level,
    Question,
    Row,
    Sheet,
    Value,
    Verdict,
)
from playbook.report.answers import shown
from playbook.report.brief.answers import answers_text
from playbook.report.brief.brief import Brief, Chain, Line, Origin, PagePart, Picture, Run
from playbook.report.brief.facts import Item
from playbook.report.brief.figures import Figures
from playbook.report.brief.fit import STEPS, cut_text, fits
from playbook.report.brief.runs import append, in_sentence, joined
from playbook.report.pathway import Mark, at_field, href_of
from playbook.report.summary import headline
from playbook.worksheet.visibility import visible_answers

BLANK = re.compile(r"\{([a-z0-9_.]*)\}")
_SENTENCE_END = re.compile(r"(?<=\S\S[.!?])(?<![A-Za-z]\.[A-Za-z]\.)\s+(?=[^\W_a-z]|[“\"(])")
"""Between two sentences, but not after "9 a.m." and its like."""


def stage_in_hand(workbook: Workbook) -> str:
    """The last stage with a brief on which somebody said something, else the first with one."""
    stages = [one.id for one in workbook.framework.stages if one.id in workbook.framework.briefs]
    return next((one for one in reversed(stages) if _is_begun(workbook, one)), stages[0])


def _is_begun(workbook: Workbook, stage: str) -> bool:
    framework = workbook.framework
    sheets = next(one.sheets for one in framework.stages if one.id == stage)
    return any(workbook.current(framework.sheets[it]) for it in sheets if it in framework.sheets)


def build_brief(
    workbook: Workbook, stage: str, *, private: bool = False, example: bool = False
) -> Brief:
    """The brief of a stage, each page of it on exactly one.

    A stage whose brief stands `after` another one's has that one's page first, and only that while
    nobody said anything on its own sheets. `private` includes what rests on private questions;
    `example` marks it as ours. InputError for a stage that has none.
    """
    framework = workbook.framework
    gates = {one.id: framework.sheets.get(one.gate or "") for one in framework.stages}
    gate = gates.get(stage)
    if stage not in framework.briefs or gate is None:
        known = ", ".join(one for one in gates if one in framework.briefs)
        raise InputError(framework.words.text("brief.error.no_brief", stage=stage, known=known))
    content = framework.briefs[stage]
    before = None
    if content.after:
        before = build_brief(workbook, content.after, private=private, example=example)
        if not _is_begun(workbook, stage):
            return before
    figures = Figures(workbook, gate, private)
    for limit, items in STEPS:
        brief = _Builder(content, figures, limit, items).brief(stage, example)
        if fits(brief):
            break
    brief = replace(_with_spare_lines(content, figures, (limit, items), brief), before=before)
    if not content.answers:
        return brief
    stages = [page.stage for page in brief.pages]
    return replace(brief, answers=answers_text(workbook, stages, private=private))


def _with_spare_lines(
    content: BriefContent, figures: Figures, step: tuple[int, int], brief: Brief
) -> Brief:
    """The page with as many of its spare lines as have room, cut no further for them. The name of
    the first that has none stands with what was cut, unless another of that name is told."""
    named = [line.spare for part in content.parts for line in part.lines if line.spare]
    for count, name in enumerate(named, 1):
        more = _Builder(content, figures, *step, spares=count).brief(brief.stage, bool(brief.note))
        if not fits(more):
            if name in named[: count - 1]:
                return brief
            return replace(brief, cut=tuple(dict.fromkeys((*brief.cut, name))))
        brief = more
    return brief


@dataclass(frozen=True)
class _Told:
    """A text with its blanks filled; `value` runs are what people wrote."""

    runs: tuple[Run, ...]
    sources: tuple[Origin, ...]
    cut: bool


class _PrivateError(Exception):
    """A line rests on a private answer, which is there and left out."""


@dataclass
class _Builder:
    content: BriefContent
    figures: Figures
    limit: int
    items: int
    spares: int = 0
    """So many spare lines are told, the first ones."""

    left_out: int = 0
    cut: list[str] = field(default_factory=list)

    # -- the page

    def brief(self, stage: str, example: bool) -> Brief:
        told, words = self.figures, self.figures.words
        parts = tuple(part for one in self.content.parts if (part := self._part(one)))
        gate, verdict = told.gate, told.assessment.verdict
        framework = told.workbook.framework
        return Brief(
            stage=stage,
            name=self.content.name,
            title=self._plain(self.content.title),
            lead=self._plain(self.content.lead),
            meta=tuple(text for one in self.content.meta if (text := self._plain((one,)))),
            mark=self._mark(verdict),
            says=headline(gate, verdict, framework),
            sheets=tuple(self._sheets()),
            parts=parts,
            sign=self._plain(self.content.sign),
            day=told.today,
            note=words.text("brief.fictional") if example else "",
            private=told.private,
            left_out=self.left_out,
            cut=tuple(dict.fromkeys(self.cut)),
            stage_title=next(it.title for it in framework.stages if it.id == stage),
        )

    def _mark(self, level: Verdict) -> Mark:
        return Mark(level, self.figures.words.text(f"level.{level}"))

    def _sheets(self) -> Iterator[tuple[str, Mark]]:
        """The sheets that the gate asks for, each with its own word."""
        framework = self.figures.workbook.framework
        for carry in self.figures.gate.carries:
            if carry.must:
                entry = self.figures.entry(carry.sheet)
                level = entry.assessment.verdict if entry else Level.UNKNOWN
                yield framework.titles[carry.sheet], self._mark(level)

    def _plain(self, texts: tuple[str, ...]) -> str:
        told = self._first(texts)
        return "".join(run.text for run in told.runs) if told else ""

    # -- a part

    def _part(self, content: BriefPart) -> PagePart | None:
        """A part; None where it has nothing to say, not even that something is missing."""
        title = self._plain(content.title)
        lines = tuple(line for one in content.lines for line in self._lines(one, title))
        if not lines:
            return None
        found = [self._shortened(self.figures.picture(kind), title) for kind in content.picture]
        pictures = tuple(one for one in found if one)
        self.cut += [title for one in pictures if isinstance(one, Chain) and one.cut]
        asks = any(one.missing for one in content.lines)
        return PagePart(content.id, title, lines, content.half, content.request, pictures, asks)

    def _shortened(self, picture: Picture | None, title: str) -> Picture | None:
        """The picture with its metrics' names cut as all that people wrote is."""
        if not isinstance(picture, Chain):
            return picture
        steps = tuple(
            replace(
                one, metrics=tuple((cut_text(it, self.limit), told) for it, told in one.metrics)
            )
            for one in picture.steps
        )
        if steps != picture.steps:
            self.cut.append(title)
        return replace(picture, steps=steps)

    def _lines(self, content: BriefLine, title: str) -> list[Line]:
        if content.spare:
            self.spares -= 1
        if (content.spare and self.spares < 0) or (content.unless and self._answer(content.unless)):
            return []
        told = list(self._all(content, title))
        if told:
            return told
        if not content.missing:
            return []
        first = next((blank for text in content.text for blank in BLANK.findall(text)), "")
        sources = self._empty_field(first)
        return [Line((Run(content.missing),), content.style, sources, missing=True)]

    def _all(self, content: BriefLine, title: str) -> Iterator[Line]:
        found = [one for row in self._rows(content) if (one := self._open(content, row))]
        pieces = [piece for one in found for piece in self._pieces(one, content)]
        most = max(content.least, min(content.most, self.items))
        self.cut += [title for number, one in enumerate(pieces) if one.cut or number >= most]
        for piece in pieces[:most]:
            yield Line(piece.runs, content.style, piece.sources, slide=content.slide)
        if content.more and len(pieces) > most:
            yield Line((Run(content.more.format(count=len(pieces) - most)),), "small")

    def _open(self, content: BriefLine, row: _RowOf | Item | None) -> _Told | None:
        """A line told, unless what it rests on is private; that is counted."""
        try:
            return self._first(content.text, row, whole=content.split)
        except _PrivateError:
            self.left_out += 1
            return None

    def _pieces(self, told: _Told, content: BriefLine) -> Iterator[_Told]:
        if not content.split:
            yield told
            return
        whole = "".join(run.text for run in told.runs)
        for sentence in filter(None, map(str.strip, _SENTENCE_END.split(whole))):
            text = cut_text(sentence, self.limit)
            yield _Told((Run(text),), told.sources, text != sentence)

    def _rows(self, content: BriefLine) -> list[_RowOf | Item | None]:
        if not content.each:
            return [None]
        sheet_id, dot, table = content.each.partition(".")
        if not dot:
            try:
                return list(self.figures.items(content.each))
            except KeyError:
                raise ContentError(f"briefs: there is no list {content.each!r}.") from None
        entry = self.figures.entry(sheet_id)
        if entry is None:
            return []
        rows = (_RowOf(entry, table, row) for row in entry.worksheet.rows(table))
        return [row for row in rows if row.is_about_the_chosen]

    # -- filling in

    def _first(
        self,
        texts: tuple[str, ...],
        row: _RowOf | Item | None = None,
        *,
        whole: bool = False,
    ) -> _Told | None:
        """The first text that has all its answers, filled in; `whole` leaves them uncut."""
        for text in texts:
            if told := self._fill(text, row, whole):
                return told
        return None

    def _fill(self, text: str, row: _RowOf | Item | None, whole: bool) -> _Told | None:
        runs: list[Run] = []
        sources: list[Origin] = []
        cut = False
        for place, piece in enumerate(text.split("**")):
            strong = bool(place % 2)
            for number, part in enumerate(BLANK.split(piece)):
                if number % 2 == 0:
                    append(runs, part, strong)
                    continue
                found = self._blank(part, row)
                if found is None:
                    return None
                value, source = found
                if source:
                    value = in_sentence(value, runs, self.figures.say("articles").split())
                uncut = whole or not source  # a figure is short already
                shortened = value if uncut else cut_text(value, self.limit)
                cut = cut or shortened != value
                runs.append(Run(shortened, strong))
                sources += source
        return _Told(joined(runs), tuple(sources), cut)

    def _blank(self, blank: str, row: _RowOf | Item | None) -> tuple[str, list[Origin]] | None:
        if "." in blank:
            return self._answer(blank)
        if isinstance(row, _RowOf):
            return self._told(row.entry, row.table, row.row, row.question(blank), row.answers)
        if row is not None:
            if blank in row.private and not self.figures.private and row.told.get(blank):
                self.left_out += 1
                return None
            source = row.sources.get(blank)
            return (row.told[blank], [source] if source else []) if row.told.get(blank) else None
        try:
            figure = self.figures.text(blank)
        except KeyError:
            raise ContentError(f"briefs: there is no figure {{{blank}}}.") from None
        return (figure, []) if figure else None

    def _answer(self, blank: str) -> tuple[str, list[Origin]] | None:
        """The answer to {sheet.question}; of a sheet with candidates, the decisive one's."""
        sheet_id, _, question_id = blank.partition(".")
        entry = self.figures.entry(sheet_id)
        if entry is None:
            return None
        sheet, question = entry.sheet, entry.sheet.carried_question(question_id)
        table, row = _place(entry, question)
        if table and row is None:
            return None
        answers = visible_answers(sheet, entry.worksheet, table, row)
        return self._told(entry, table, row, question, answers)

    def _told(
        self,
        entry: Entry,
        table: str | None,
        row: Row | None,
        question: Question,
        answers: Mapping[str, Value],
    ) -> tuple[str, list[Origin]] | None:
        value = answers.get(question.id)
        if value is None or value in ("dont_know", ("dont_know",)):
            return None
        if not self.figures.private and _is_private(entry.sheet, table, question):
            raise _PrivateError
        text = " ".join(shown(question, value, self.figures.words).split())
        field = f"{table}/{row.id}/{question.id}" if table and row else question.id
        href = at_field(href_of(entry.sheet, entry.info.id), field)
        return (text, [Origin(entry.sheet.id, field, href)]) if text else None

    def _empty_field(self, blank: str) -> tuple[Origin, ...]:
        """Where an answer that is missing would be given."""
        sheet_id, dot, question_id = blank.partition(".")
        sheet = self.figures.workbook.framework.sheets.get(sheet_id)
        if not dot or sheet is None:
            return ()
        entry = self.figures.entry(sheet_id)
        question = sheet.carried_question(question_id)
        table, row = _place(entry, question) if entry else (None, None)
        field = f"{table}/{row.id}/{question.id}" if table and row else question.id
        href = href_of(sheet, entry.info.id if entry else "")
        return (Origin(sheet_id, field, at_field(href, field) if entry else href),)


@dataclass(frozen=True)
class _RowOf:
    """A row of a worksheet's table."""

    entry: Entry
    table: str
    row: Row

    @property
    def answers(self) -> Mapping[str, Value]:
        return visible_answers(self.entry.sheet, self.entry.worksheet, self.table, self.row)

    def question(self, question: str) -> Question:
        return self.entry.sheet.question(question, self.table)

    @property
    def is_about_the_chosen(self) -> bool:
        """Whether it names no candidate, or the decisive one."""
        candidates = self.entry.sheet.candidates
        names = [
            self.answers[question.id]
            for question in self.entry.sheet.questions(self.table)
            if candidates and question.table == candidates.id and question.id in self.answers
        ]
        return all(name == self.entry.assessment.decisive for name in names)


def _place(entry: Entry, question: Question) -> tuple[str | None, Row | None]:
    """The table and row in which a sheet is asked the question; the decisive candidate's."""
    sheet, candidates = entry.sheet, entry.sheet.candidates
    if candidates is None or question in sheet.questions():
        return None, None
    rows = entry.worksheet.rows(candidates.id)
    decisive = entry.assessment.decisive
    return candidates.id, next((row for row in rows if row.id == decisive), None)


def _is_private(sheet: Sheet, table: str | None, question: Question) -> bool:
    if question.private:
        return True
    return table is not None and sheet.question(sheet.table(table).label, table).private
