"""Each measure of the scorecard, by its category: today, target, trigger, and how old that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from playbook.analysis.work_system.scorecard import CATEGORIES, Metric
from playbook.analysis.work_system.scorecard_answers import lines_of
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.worksheet.figures import figure
from playbook.worksheet.visibility import visible_answers

State = Literal["crossed", "reached", "between", "open"]
TABLE = "measures"


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A measure and how it stands; `age` in days, None without a figure. Without a better
    direction nothing is compared, and its state is open."""

    metric: Metric
    state: State
    age: int | None


def board(
    sheet: Sheet, worksheet: Worksheet, today: date | None
) -> tuple[tuple[str, tuple[BoardLine, ...]], ...]:
    """The six categories in their order, each with its measures; () while there is no measure.
    Without a day no figure has an age."""
    rows = (
        (row.id, visible_answers(sheet, worksheet, TABLE, row)) for row in worksheet.rows(TABLE)
    )
    told = [
        BoardLine(
            it.metric,
            _state(it.metric) if it.directed else "open",
            it.metric.age(today) if today else None,
        )
        for it in lines_of(rows)
        if it.metric
    ]
    if not told:
        return ()
    return tuple(
        (category, tuple(it for it in told if it.metric.category == category))
        for category in CATEGORIES
    )


def _state(metric: Metric) -> State:
    if metric.crossed is None:
        return "open"
    return "crossed" if metric.crossed else "reached" if metric.reached else "between"


def line_text(it: BoardLine, words: Words) -> str:
    """Today, target, trigger and age of a measure, and what is planned where it crossed."""
    metric = it.metric

    def shown(value: float | None) -> str:
        return words.text("scorecard.none") if value is None else figure(value, metric.unit)

    told = {"latest": shown(metric.latest), "target": shown(metric.target)}
    told["trigger"] = shown(metric.trigger)
    parts = [words.text("scorecard.levels", **told)]
    if it.age is not None:
        parts.append(words.text("scorecard.age", days=it.age))
    parts.append(words.text(f"scorecard.state.{it.state}"))
    if it.state == "crossed" and metric.intervention:
        parts.append(words.text("scorecard.planned", intervention=metric.intervention.rstrip(".")))
    return " ".join(parts)


def category_name(category: str, words: Words) -> str:
    """What a category is called."""
    return words.text(f"scorecard.category.{category}")


def in_words(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[str]:
    """A sentence for each measure, and one for each category without any."""
    words, lines = framework.words, []
    for category, measures in board(sheet, worksheet, assessment.today):
        name = category_name(category, words)
        if not measures:
            lines.append(words.text("scorecard.empty_category", category=name))
        lines += [
            words.text(
                "scorecard.line",
                category=name,
                name=it.metric.name,
                told=line_text(it, words),
            )
            for it in measures
        ]
    return lines
