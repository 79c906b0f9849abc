"""What the page of a metric tree shows while it is edited and moved: plain data, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from playbook.analysis.metric_tree.evaluate import values
from playbook.analysis.metric_tree.tree import Node, Problem, Quantity, Tree, points_of
from playbook.analysis.metric_tree.what_if import Moved, WhatIf, noticed, what_if
from playbook.model.wording import Words
from playbook.report.figures import figure, percent
from playbook.worksheet.series import Point, age_days, is_stale

LAST_POINTS = 26
"""Half a year of weeks: what a small line can show."""

_PLACES = 9


@dataclass(frozen=True)
class Setting:
    """What the words of an answer need besides the tree.

    `notice_at` is the share of the financial result from which leaders would notice (0.02: 2 %),
    None while nobody has said it.
    """

    words: Words
    thresholds: Mapping[str, float]
    today: date
    notice_at: float | None = None

    def text(self, key: str, **given: Any) -> str:
        """A sentence of `[metrics]`."""
        return self.words.text(f"metrics.{key}", **given)


def problem_text(problem: Problem, words: Words) -> str:
    """What stands in the way, as one sentence."""
    given = {
        name: figure(*value) if isinstance(value, Quantity) else value
        for name, value in problem.values.items()
    }
    return words.text(f"metrics.problem.{problem.key}", **given)


def tree_view(tree: Tree, setting: Setting) -> dict[str, Any]:
    """{nodes: {row: {value, shown, problem, points, last, age, stale}}, problems: [{row, text}]}.

    Values are in their metrics' units, None where they are not known; `last` is an ISO date or "".
    """
    found = values(tree)
    problems = [(problem.row, problem_text(problem, setting.words)) for problem in found.problems]
    first = dict(reversed(problems))
    nodes = {
        row: _node_view(node, found.values[row], first.get(row, ""), setting)
        for row, node in tree.nodes.items()
    }
    return {"nodes": nodes, "problems": [{"row": row, "text": text} for row, text in problems]}


def _node_view(node: Node, value: float | None, problem: str, setting: Setting) -> dict[str, Any]:
    points = points_of(node)
    refresh = node.answers.get("refresh")
    known = refresh if isinstance(refresh, str) else None
    return {
        "value": value,
        "shown": "" if value is None else figure(value, node.unit),
        "problem": problem,
        "points": [point.value for point in points[-LAST_POINTS:]],
        "last": points[-1].date.isoformat() if points else "",
        "age": _age(points, setting),
        "stale": is_stale(points, known, setting.today, setting.thresholds),
    }


def _age(points: Sequence[Point], setting: Setting) -> str:
    days = age_days(points, setting.today)
    if days is None:
        return ""
    return setting.text({0: "age.today", 1: "age.yesterday"}.get(days, "age.days"), days=days)


# --------------------------------------------------------------------------- what if


def what_if_view(tree: Tree, changes: Mapping[str, float], setting: Setting) -> dict[str, Any]:
    """{nodes: {row: {low, base, high, shown}}, sentence, noticed}: changes and results in per cent.

    `low`, `base` and `high` are None where a change can't be followed; `changes` are shares.
    """
    found = what_if(tree, changes)
    result = tree.root
    moved = found.moved[result.id] if result else None
    return {
        "nodes": {row: _moved_view(one, setting) for row, one in found.moved.items()},
        "sentence": " ".join(_sentences(tree, changes, found, setting)),
        "noticed": noticed(moved, setting.notice_at),
    }


def effect(moved: Moved, setting: Setting) -> str:
    """A change in per cent with its range: "+3.1 % (+1.2 to +5.0)"."""
    shown = {end: percent(getattr(moved, end)) for end in ("low", "base", "high")}
    return setting.text("moved" if shown["low"] == shown["high"] else "moved_range", **shown)


def _moved_view(moved: Moved | None, setting: Setting) -> dict[str, Any]:
    if moved is None:
        return {"low": None, "base": None, "high": None, "shown": ""}
    per_cents = {end: round(100 * getattr(moved, end), _PLACES) for end in ("low", "base", "high")}
    return per_cents | {"shown": effect(moved, setting) if any(per_cents.values()) else ""}


def _sentences(
    tree: Tree, changes: Mapping[str, float], found: WhatIf, setting: Setting
) -> Iterator[str]:
    result = tree.root
    if result is None:
        yield setting.text("what_if.no_tree")
        return
    moved = found.moved[result.id]
    yield from (problem_text(problem, setting.words) for problem in first_of_each(found.problems))
    if moved is not None and not any((moved.low, moved.base, moved.high)):
        key = "what_if.nowhere" if any(changes.values()) else "what_if.nothing"
        yield setting.text(key, name=result.label)
    elif moved is not None:
        yield setting.text("what_if.result", name=result.label, effect=effect(moved, setting))
        if found.lag_weeks:
            key = "what_if.lag_one" if found.lag_weeks == 1 else "what_if.lag"
            yield setting.text(key, weeks=figure(found.lag_weeks))


def first_of_each(problems: Sequence[Problem]) -> list[Problem]:
    """The first problem of every kind: the rest follows from it, or says the same again."""
    return list({problem.key: problem for problem in reversed(problems)}.values())[::-1]
