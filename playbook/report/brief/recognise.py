"""What the page of Recognise works out: places on a map, and the way from daily work to money.

Freed hours and a planned saving are never added up: the effect is what the metric tree says, and
nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from playbook.analysis.metric_tree import Node, Tree, tree_of
from playbook.analysis.metric_tree.tree import FRONTLINE
from playbook.analysis.metric_tree.uncertainty import Estimate, tries
from playbook.assessing.workbook import Entry
from playbook.model.brief import ITEMS
from playbook.report.answers import shown
from playbook.report.brief.brief import Chain, ChainStep, EffectRange, Map, Pin
from playbook.report.brief.facts import Facts, Item, Lists, Pictures, Texts
from playbook.report.brief.fit import columns, cut_text
from playbook.worksheet.figures import figure, percent

NAME_COLUMNS, UNIT_COLUMNS = 34, 12
"""So much of a place's or a metric's name stands in a picture, and of a unit beside a figure."""

WEEK = 7
_MEANINGFUL = 2
_PER_CENT = 100


@dataclass(frozen=True)
class Recognise(Facts):
    """The figures of reason, sponsor, place and metric tree."""

    @property
    def texts(self) -> Texts:
        """Figures by name."""
        return {
            "weeks": self.weeks,
            "volunteers": lambda: self.number("entry_point", "volunteers_expected"),
            "volunteers_low": lambda: self.number("entry_point", "volunteers_low"),
            "volunteers_high": lambda: self.number("entry_point", "volunteers_high"),
            "effect": self.effect,
            "range": self.range,
            "money_effect": self.money_effect,
            "nothing_open": self.nothing_open,
        }

    @property
    def lists(self) -> Lists:
        """Lists by name."""
        return {"chain": self.chain_items}

    @property
    def pictures(self) -> Pictures:
        """Pictures by name."""
        return {"map": self.map, "range": self.range_picture, "chain": self.chain}

    def weeks(self) -> str | None:
        """From the pilot's first day to its last, both included."""
        answers = self.answers("recognise_gate")
        start, end = answers.get("pilot_start"), answers.get("pilot_end")
        if not isinstance(start, str) or not isinstance(end, str):
            return None
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
        count = round(days / WEEK)
        if count < 1:
            return None
        return self.words.text("brief.week" if count == 1 else "brief.weeks", count=count)

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

    def nothing_open(self) -> str | None:
        place = self.entry("entry_point")
        said = self.answers(self.gate.id).get("unsettled")
        risks = place and place.worksheet.rows("risks")
        if self.open_points or said or risks:
            return None
        return self.say("nothing_open")

    # -- lists

    def chain_items(self) -> list[Item]:
        """Each metric of the chain: {name, figure, link}."""
        chain, entry = self.chain(), self.entry("metric_tree")
        if chain is None or entry is None:
            return []
        named = (node for level in self._levels[0] for node in level)
        told = [(step, metric) for step in chain.steps for metric in step.metrics]
        return [
            Item(
                {"name": name, "figure": figure_told, "link": self._link(step)},
                {"name": self.origin(entry, f"nodes/{node.id}/name")},
            )
            for node, (step, (name, figure_told)) in zip(named, told, strict=True)
        ]

    def _link(self, step: ChainStep) -> str:
        return self.say("link", how=step.link.lower()) if step.link else ""

    # -- pictures

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

    @cached_property
    def _levels(self) -> tuple[list[list[Node]], bool]:
        """The daily measures that are to change (else all), then each metric up to money; and
        whether some were left out."""
        tree = self._tree
        if tree is None or tree.root is None:
            return [], False
        front = [node for node in tree.below(tree.root.id) if node.level == FRONTLINE]
        planned = [node for node in front if node.id in tree.plans] or front
        if not planned:
            return [], False
        way = tree.path(planned[0].id)[1:]
        cut = len(planned) > ITEMS or len(way) > ITEMS
        way = (*way[: ITEMS - 1], way[-1]) if len(way) > ITEMS else way
        return [planned[:ITEMS], *([node] for node in way)], cut

    def chain(self) -> Chain | None:
        """The way from the daily measures to money; names are cut only where the page is full."""
        levels, cut = self._levels
        if not levels:
            return None
        steps = []
        for level in levels:
            evidence = [str(node.answers.get("evidence", "")) for node in level if node.parent]
            steps.append(
                ChainStep(
                    tuple((_unbroken(node.label), self._figure(node)) for node in level),
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


def _name(node: Node) -> str:
    """A metric's name, short enough for a picture."""
    return cut_text(node.label, NAME_COLUMNS)


def _unbroken(name: str) -> str:
    """The name; cut where a word is wider than a step of the chain, for no line could break it."""
    wide = any(columns(word) > NAME_COLUMNS for word in name.split())
    return cut_text(name, NAME_COLUMNS) if wide else name


def _as_shown(share: float) -> float:
    """The share as it is told in per cent, so that a reader who multiplies finds our figure."""
    return float(percent(share).replace("−", "-").replace(",", "")) / _PER_CENT


def _rounded(value: float) -> float:
    """A figure with as many digits as an estimate bears: two."""
    if not value or not math.isfinite(value):
        return 0.0
    return round(value, _MEANINGFUL - 1 - math.floor(math.log10(abs(value))))
