"""What speaks for and against each place to begin: by factor, told apart, never added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.framework import Framework
from playbook.model import Assessment, RowAssessment, Sheet, Worksheet
from playbook.report.answers import row_names
from playbook.rules.entry_point import FACTORS

EFFECTS = ("success", "impact", "spread", "cost")

BESIDE = "beside"
"""The line for arrows that belong to none of the seven factors."""

FACTOR_OF = {row: factor for factor, rows in FACTORS.items() for row in rows}


@dataclass(frozen=True, slots=True)
class Arrow:
    """All that moves one effect of one factor in one direction; `reasons` are their headings."""

    factor: str
    effect: str
    more: bool
    reasons: tuple[str, ...]

    @property
    def speaks_for(self) -> bool:
        """More is good, of anything but cost."""
        return self.more == (self.effect != "cost")


@dataclass(frozen=True, slots=True)
class PlaceFactors:
    """A candidate with its arrows, in the order of the factors and effects."""

    row: str
    name: str
    arrows: tuple[Arrow, ...]

    @property
    def factors(self) -> tuple[str, ...]:
        """The factors that have an arrow."""
        return tuple(dict.fromkeys(arrow.factor for arrow in self.arrows))


def places(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[PlaceFactors]:
    """The candidates of which something speaks for or against them."""
    table = sheet.candidates
    names = row_names(sheet, worksheet, framework)[table.id] if table else {}
    found = [
        PlaceFactors(row.row, names[row.row], _arrows(row))
        for row in assessment.rows
        if not row.blank
    ]
    return [place for place in found if place.arrows]


def _arrows(row: RowAssessment) -> tuple[Arrow, ...]:
    reasons: dict[tuple[str, str, bool], list[str]] = {}
    for finding in row.findings:
        factor = FACTOR_OF.get(finding.rule, BESIDE)
        for arrow in finding.arrows:
            key = (factor, arrow[1:], arrow.startswith("+"))
            reasons.setdefault(key, []).append(finding.heading)
    factors = (*FACTORS, BESIDE)
    return tuple(
        Arrow(factor, effect, more, tuple(reasons[factor, effect, more]))
        for factor in factors
        for effect in EFFECTS
        for more in (True, False)
        if (factor, effect, more) in reasons
    )


def in_words(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[str]:
    """The picture in sentences."""
    return factors_summary(places(sheet, worksheet, assessment, framework), framework)


def factors_summary(found: Sequence[PlaceFactors], framework: Framework) -> list[str]:
    """The picture in sentences: for each place and factor what it moves, and why."""
    if not found:
        return []
    words = framework.words
    lines = [
        words.text(
            "factors.line",
            name=place.name,
            factor=words.text(f"factors.name.{factor}"),
            effects="; ".join(_told(a, framework) for a in place.arrows if a.factor == factor),
        )
        for place in found
        for factor in place.factors
    ]
    return [words.text("factors.never"), *lines]


def _told(arrow: Arrow, framework: Framework) -> str:
    words = framework.words
    return words.text(
        "factors.for" if arrow.speaks_for else "factors.against",
        moves=words.text(f"factors.{'more' if arrow.more else 'less'}.{arrow.effect}"),
        reasons=", ".join(arrow.reasons),
    )
