"""What a brief shows that no answer says as it stands: figures, lists and pictures, by their names
in content/briefs.

Each is worked out from what the sheets show, so a brief never has a second estimate. Freed hours
and a planned saving are never added up: the effect is what the metric tree says, and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from playbook.analysis.metric_tree import Node, Tree, tree_of
from playbook.analysis.metric_tree.tree import FRONTLINE
from playbook.analysis.metric_tree.uncertainty import Estimate, tries
from playbook.assessing.workbook import Entry, Workbook
from playbook.model import Assessment, Level, Sheet
from playbook.model.wording import Words
from playbook.report.answers import shown
from playbook.report.brief.brief import Chain, EffectRange, Map, Picture, Pin, Step
from playbook.report.brief.fit import cut_text
from playbook.report.private import private_questions
from playbook.report.private import without as without_private
from playbook.report.steps import DECISION, next_step
from playbook.worksheet.figures import figure, percent
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.visibility import visible_answers

ITEMS = 3
"""Items of a list on the page, and places on its map."""

NAME_COLUMNS, UNIT_COLUMNS = 34, 12
"""So much of a place's or a metric's name stands in a picture, and of a unit beside a figure."""

WEEK = 7
_MEANINGFUL = 2
_PER_CENT = 100


@dataclass(frozen=True)
class Figures:
    """The worked-out figures of one stage's worksheets; None, or nothing, where answers lack."""

    workbook: Workbook
    gate: Sheet
    private: bool

    # -- single figures, {name} in the content

    def text(self, name: str) -> str | None:
        """A figure in words; KeyError where there is none of that name."""
        return _FIGURES[name](self)

    @property
    def words(self) -> Words:
        return self.workbook.framework.words

    @cached_property
    def assessment(self) -> Assessment:
        """What the gate says."""
        return self.workbook.assess(self.gate)

    @property
    def today(self) -> date:
        return self.assessment.today or self.workbook.today

    def entry(self, sheet: str) -> Entry | None:
        """The worksheet that counts of a sheet."""
        known = self.workbook.framework.sheets.get(sheet)
        return self.workbook.current(known) if known else None

    def weeks(self) -> str | None:
        """From the pilot's first day to its last, both included."""
        entry = self.entry(self.gate.id)
        answers = visible_answers(self.gate, entry.worksheet) if entry else {}
        start, end = answers.get("pilot_start"), answers.get("pilot_end")
        if not isinstance(start, str) or not isinstance(end, str):
            return None
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
        count = round(days / WEEK)
        if count < 1:
            return None
        return self.words.text("brief.week" if count == 1 else "brief.weeks", count=count)

    def number(self, sheet: str, name: str) -> str | None:
        """A figure of a sheet's own assessment, in whole."""
        entry = self.entry(sheet)
        value = entry.assessment.numbers.get(name) if entry else None
        return None if value is None else f"{value:,.0f}"

    # -- the metric tree

    @cached_property
    def _tree(self) -> Tree | None:
        entry = self.entry("metric_tree")
        rows = entry.worksheet.rows("nodes") if entry else ()
        return tree_of([row.id for row in rows], [row.answers for row in rows]) if rows else None

    @cached_property
    def _estimate(self) -> Estimate | None:
        tree = self._tree
        if tree is None or tree.root is None or not tree.plans:
            return None
        told = tries(tree, tree.plans).get(tree.root.id)
        return told.estimate if told else None

    def effect(self) -> str | None:
        found = self._estimate
        return found and self.words.text("brief.effect", likely=percent(found.likely))

    def range(self) -> str | None:
        found = self._estimate
        if found is None:
            return None
        low, high = percent(found.low), percent(found.high)
        key = "brief.exact" if low == high else "brief.range"
        return self.words.text(key, low=low, high=high)

    def money_effect(self) -> str | None:
        """The same change of the financial result as it stands today, in its own unit."""
        tree, found = self._tree, self._estimate
        if tree is None or tree.root is None or tree.root.now is None or found is None:
            return None
        unit, now = cut_text(tree.root.unit, UNIT_COLUMNS), tree.root.now
        if unit in ("", "%"):
            return None
        told = {
            end: figure(_rounded(_as_shown(share) * now), unit)
            for end, share in found._asdict().items()
        }
        return self.words.text("brief.money_effect", name=_name(tree.root), **told)

    # -- what is open

    @cached_property
    def open_points(self) -> list[dict[str, str]]:
        """The gate's musts that are not ready, each with its sheet's next step, and its own points:
        {must, word, step}."""
        points = []
        for finding in self.assessment.findings:
            if finding.level in (Level.PASS, Level.INFO) or finding.is_missing:
                continue
            step = (finding.sheet and self._step(finding.sheet)) or finding.advice
            word = self.words.text(f"level.{finding.level}")
            points.append({"must": finding.heading, "word": word, "step": step})
        return points

    def _step(self, sheet: str) -> str:
        entry = self.entry(sheet)
        if entry is None:
            return ""
        assessment = entry.assessment
        if not self.private:
            assessment = without_private(assessment, private_questions(entry.sheet))
        step = next_step(entry.sheet, assessment, self.workbook.framework)
        return step.text if step and step.field else ""

    def stopped(self) -> str | None:
        """The gate's word where it says stop, and nobody goes on with open points and a reason."""
        entry = self.entry(self.gate.id)
        answers = visible_answers(self.gate, entry.worksheet) if entry else {}
        written = answers.get("unsettled") and answers.get("because")
        goes_on = answers.get(DECISION) == "go" and written
        if self.assessment.verdict != Level.FAIL or goes_on:
            return None
        return self.words.text("level.fail")

    def nothing_open(self) -> str | None:
        gate, place = self.entry(self.gate.id), self.entry("entry_point")
        said = gate and gate.worksheet.answers.get("unsettled")
        risks = place and place.worksheet.rows("risks")
        if self.open_points or said or risks:
            return None
        return self.words.text("brief.nothing_open")

    # -- lists, `each` in the content

    def rows(self, name: str) -> list[dict[str, str]]:
        """A worked-out list, {blank: text} an item; KeyError where there is none of that name."""
        return {"open": self.open_points, "chain": self._chain_rows}[name]

    @property
    def _chain_rows(self) -> list[dict[str, str]]:
        chain = self.chain()
        if chain is None:
            return []
        return [
            {"name": name, "figure": told, "link": self._link(step)}
            for step in chain.steps
            for name, told in step.metrics
        ]

    def _link(self, step: Step) -> str:
        return self.words.text("brief.link", how=step.link.lower()) if step.link else ""

    # -- pictures

    def picture(self, kind: str) -> Picture | None:
        """A picture's data; None while there is nothing to draw."""
        return {"map": self.map, "range": self.range_picture, "chain": self.chain}[kind]()

    def map(self) -> Map | None:
        """The chosen place and the next ones that were put on the map, in the person's order."""
        entry = self.entry("entry_point")
        table = entry.sheet.candidates if entry else None
        if entry is None or table is None:
            return None
        decisive = entry.assessment.decisive
        rows = sorted(entry.worksheet.rows(table.id), key=lambda row: row.id != decisive)
        pins: list[Pin] = []
        for row in rows:
            impact, likely = (self._share(entry, row.answers, axis) for axis in _AXES)
            name = row.answers.get(table.label)
            if impact and likely and isinstance(name, str) and len(pins) < ITEMS:
                name = cut_text(name, NAME_COLUMNS)
                told = {"number": len(pins) + 1, "name": name}
                told |= {"impact": impact[1], "likelihood": likely[1]}
                says = self.words.text("brief.map_place", **told)
                pins.append(Pin(len(pins) + 1, name, impact[0], likely[0], says))
        if not pins or rows[0].id != decisive:
            return None
        places = " ".join(pin.says for pin in pins)
        return Map(tuple(pins), self.words.text("brief.map", places=places))

    def _share(
        self, entry: Entry, answers: Mapping[str, object], axis: str
    ) -> tuple[float, str] | None:
        """Where an answer stands on its scale, from 0 to 1, and its words."""
        points, given = entry.sheet.scales[axis], answers.get(axis)
        if not isinstance(given, str) or given not in points:
            return None
        question = entry.sheet.carried_question(axis)
        return (points.index(given) + 0.5) / len(points), shown(question, given, self.words)

    def range_picture(self) -> EffectRange | None:
        found, entry = self._estimate, self.entry("metric_tree")
        if found is None or entry is None:
            return None
        given = entry.worksheet.answers.get("notice_at")
        limit = float(given) / _PER_CENT if isinstance(given, str) else None
        low, likely, high = map(percent, found)
        alt = self.words.text("brief.range_alt", low=low, likely=likely, high=high)
        if limit is not None:
            alt += self.words.text("brief.range_limit", limit=figure(limit * _PER_CENT))
        return EffectRange(found.low, found.likely, found.high, limit, alt)

    def chain(self) -> Chain | None:
        """The daily measures that are to change (else all), then each metric up to money."""
        tree = self._tree
        if tree is None or tree.root is None:
            return None
        front = [node for node in tree.below(tree.root.id) if node.level == FRONTLINE]
        planned = [node for node in front if node.id in tree.plans] or front
        if not planned:
            return None
        way = tree.path(planned[0].id)[1:]
        cut = len(planned) > ITEMS or len(way) > ITEMS
        way = (*way[: ITEMS - 1], way[-1]) if len(way) > ITEMS else way
        levels = [planned[:ITEMS], *([node] for node in way)]
        steps = []
        for level in levels:
            evidence = [str(node.answers.get("evidence", "")) for node in level if node.parent]
            steps.append(
                Step(
                    tuple((_name(node), self._figure(node)) for node in level),
                    self._evidence(evidence),
                    bool(evidence) and all(one == "measured" for one in evidence),
                )
            )
        return Chain(tuple(steps), cut)

    def _figure(self, node: Node) -> str:
        """A level, or where it is to go; a dash where nobody has said it."""
        if node.now is None:
            return "–"
        unit = cut_text(node.unit, UNIT_COLUMNS)
        told = figure(node.now, unit)
        if not node.plan or node.target is None:
            return told
        return self.words.text("brief.to", now=told, wanted=figure(node.target, unit))

    def _evidence(self, found: list[str]) -> str:
        """The weakest of how the links are known."""
        known = [one for one in ("hoped", "believed", "measured") if one in found]
        return self.words.text(f"tree.evidence.{known[0]}") if known else ""


_AXES = ("impact", "likelihood")

_FIGURES: Mapping[str, Callable[[Figures], str | None]] = {
    "today": lambda told: written_date(told.today, told.words),
    "weeks": Figures.weeks,
    "volunteers": lambda told: told.number("entry_point", "volunteers_expected"),
    "volunteers_low": lambda told: told.number("entry_point", "volunteers_low"),
    "volunteers_high": lambda told: told.number("entry_point", "volunteers_high"),
    "effect": Figures.effect,
    "range": Figures.range,
    "money_effect": Figures.money_effect,
    "nothing_open": Figures.nothing_open,
    "stopped": Figures.stopped,
}


def _name(node: Node) -> str:
    """A metric's name, short enough for a picture."""
    return cut_text(node.label, NAME_COLUMNS)


def _as_shown(share: float) -> float:
    """The share as it is told in per cent, so that a reader who multiplies finds our figure."""
    return float(percent(share).replace("−", "-").replace(",", "")) / _PER_CENT


def _rounded(value: float) -> float:
    """A figure with as many digits as an estimate bears: two."""
    if not value or not math.isfinite(value):
        return 0.0
    return round(value, _MEANINGFUL - 1 - math.floor(math.log10(abs(value))))
