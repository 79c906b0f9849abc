"""What the page of a metric tree shows while it is edited and moved: plain data, ready for JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from playbook.analysis.metric_tree.evaluate import values
from playbook.analysis.metric_tree.tree import Node, Problem, Quantity, Tree
from playbook.analysis.metric_tree.uncertainty import Draws, Estimate, monte_carlo, noticed, tries
from playbook.analysis.metric_tree.what_if import changed, slowest, what_if
from playbook.model.wording import Words
from playbook.worksheet.figures import figure, percent, whole_percent
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.time_series import TimeSeries

LAST_POINTS = 26
"""Half a year of weeks: what a small line can show."""

_PLACES = 9
_FEWEST_PARTS, _MOST_PARTS = 2, 8
_LEAST_OF_ALL = 0.1
"""Where changes nearly cancel each other, parts of what is left would mean nothing."""


@dataclass(frozen=True)
class ReportContext:
    """What the words of an answer need besides the tree.

    `notice_at` is the share of the financial result from which leaders would notice (0.02: 2%),
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


def tree_view(tree: Tree, context: ReportContext) -> dict[str, Any]:
    """{nodes: {row: {value, shown, problem, points, last, age, stale}}, problems: [{row, text}]}.

    Values are in their metrics' units, None where they are not known; `last` is an ISO date or "".
    """
    found = values(tree)
    problems = [(problem.row, problem_text(problem, context.words)) for problem in found.problems]
    first = dict(reversed(problems))
    nodes = {
        row: _node_view(node, found.values[row], first.get(row, ""), context)
        for row, node in tree.nodes.items()
    }
    return {"nodes": nodes, "problems": [{"row": row, "text": text} for row, text in problems]}


def _node_view(
    node: Node, value: float | None, problem: str, context: ReportContext
) -> dict[str, Any]:
    series = node.series
    refresh = node.answers.get("refresh")
    known = refresh if isinstance(refresh, str) else None
    return {
        "value": value,
        "shown": "" if value is None else figure(value, node.unit),
        "problem": problem,
        "points": list(series.values[-LAST_POINTS:]),
        "last": written_date(series.last.date, context.words) if series.last else "",
        "age": _age(series, context),
        "stale": series.is_stale(known, context.today, context.thresholds),
    }


def _age(series: TimeSeries, context: ReportContext) -> str:
    days = series.age_days(context.today)
    if days is None:
        return ""
    return context.text({0: "age.today", 1: "age.yesterday"}.get(days, "age.days"), days=days)


# --------------------------------------------------------------------------- what if


def what_if_view(
    tree: Tree, changes: Mapping[str, float], context: ReportContext
) -> dict[str, Any]:
    """{nodes: {row: {low, likely, high, shown}}, estimate, sentence, noticed, parts}: in per cent.

    The three are None where a change can't be followed; `changes` are shares. `parts` is what each
    change adds to the result: bars as in `blocks`, the last one their sum.
    """
    tried = tries(tree, changes)
    result = tree.root
    told = tried.get(result.id) if result else None
    sense = result.sense if result else 1
    nodes = {row: _moved_view(tried.get(row), context) for row in tree.nodes}
    tops = (tried[root.id] for root in tree.roots if root.id in tried)
    problems: Sequence[Problem] = [problem for top in tops for problem in top.problems]
    if any(one.left_out for one in tried.values()):  # of which draws don't say why
        problems = what_if(tree, changes).problems
    return {
        "nodes": nodes,
        "estimate": estimate_text(told, sense, context) if told else "",
        "sentence": " ".join(_sentences(tree, changes, told, problems, context)),
        "noticed": noticed(told, sense, context.notice_at, context.thresholds),
        "parts": list(_part_bars(tree, changes, told, context)),
    }


def estimate_text(told: Draws, sense: int, context: ReportContext) -> str:
    """The one estimate with its range, and how likely leaders notice it: whole sentences."""
    estimate = told.estimate
    if estimate is None:
        return ""
    shown = dict(zip(("low", "likely", "high"), map(percent, estimate), strict=True))
    key = "estimate_exact" if shown["low"] == shown["high"] else "estimate"
    sentences = [context.text(key, **shown)]
    if context.notice_at is not None:
        chance = whole_percent(told.chance(context.notice_at, sense))
        limit = figure(100 * context.notice_at)
        sentences.append(context.text("likely_noticed", limit=limit, chance=chance))
    return " ".join(sentences)


def _moved_view(tried: Draws | None, context: ReportContext) -> dict[str, Any]:
    if tried is None:
        return {"low": 0, "likely": 0, "high": 0, "shown": ""}
    estimate = tried.estimate
    if estimate is None:
        return {"low": None, "likely": None, "high": None, "shown": ""}
    per_cents = {end: round(100 * share, _PLACES) for end, share in estimate._asdict().items()}
    return per_cents | {"shown": _effect(estimate, context) if any(per_cents.values()) else ""}


def _effect(estimate: Estimate, context: ReportContext) -> str:
    """A change with its range, short: "+3.1% (+1.2% to +5.0%)"."""
    shown = dict(zip(("low", "likely", "high"), map(percent, estimate), strict=True))
    return context.text("moved" if shown["low"] == shown["high"] else "moved_range", **shown)


def _sentences(
    tree: Tree,
    changes: Mapping[str, float],
    told: Draws | None,
    problems: Sequence[Problem],
    context: ReportContext,
) -> Iterator[str]:
    result = tree.root
    if result is None:
        yield context.text("what_if.no_tree")
        return
    yield from (problem_text(problem, context.words) for problem in first_of_each(problems))
    if told is None:
        key = "what_if.nowhere" if any(changes.values()) else "what_if.nothing"
        yield context.text(key, name=result.label)
    elif told.estimate is not None:
        effect = estimate_text(told, result.sense, context)
        yield context.text("what_if.result", name=result.label, effect=effect)
        if weeks := slowest(tree, changes):
            key = "what_if.lag_one" if weeks == 1 else "what_if.lag"
            yield context.text(key, weeks=figure(weeks))


def first_of_each(problems: Sequence[Problem]) -> list[Problem]:
    """The first problem of every kind: the rest follows from it, or says the same again."""
    return list({problem.key: problem for problem in reversed(problems)}.values())[::-1]


# --------------------------------------------------------------------------- what each adds


def parts(tree: Tree, changes: Mapping[str, float], total: float) -> dict[str, float]:
    """What each change brings of `total`, the result's estimate; the parts add up to it.

    By the logarithm of what each change does alone, in its own tries (the additive form of LMDI, as
    in `decompose`). Empty for one change or very many, and where that can't be worked out.
    """
    root = tree.root
    rows = [row for row in changed(tree, changes) if root in tree.path(row)]
    if root is None or not _FEWEST_PARTS <= len(rows) <= _MOST_PARTS:
        return {}
    alone = [monte_carlo(tree, root.id, {row: changes[row]}).estimate for row in rows]
    likely = [one.likely for one in alone if one is not None and one.likely > -1]
    logs = [math.log1p(share) for share in likely]
    whole = sum(logs)
    if len(logs) < len(rows) or abs(whole) <= _LEAST_OF_ALL * sum(map(abs, logs)):
        return {}
    return {row: total * log / whole for row, log in zip(rows, logs, strict=True)}


def _part_bars(
    tree: Tree, changes: Mapping[str, float], told: Draws | None, context: ReportContext
) -> Iterator[dict[str, Any]]:
    estimate = told.estimate if told else None
    found = parts(tree, changes, estimate.likely) if estimate else {}
    if estimate is None or not found:
        return
    longest = max(abs(share) for share in (*found.values(), estimate.likely))
    for row, share in found.items():
        label = tree.nodes[row].label
        yield {"label": label, "share": share / longest, "shown": f"{percent(share)}%"}
    shown = f"{percent(estimate.likely)}%"
    label = context.text("what_if.together")
    yield {"label": label, "share": estimate.likely / longest, "shown": shown}
