"""A metric tree: what a move of a slider takes, and how long many draws are.

Beside ours, in the same run: the same tree written out as one Python expression, which nothing that
takes any tree can beat, and the same draws one after the other.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable, Mapping
from datetime import date

from benchmarks import tree_answer, tree_page
from benchmarks.results import BenchmarkResult, Limit, ratio, table, tail
from playbook.analysis.metric_tree import Node, Tree, tree_of
from playbook.analysis.metric_tree.evaluate import stated
from playbook.analysis.metric_tree.sampling import Input
from playbook.analysis.metric_tree.uncertainty import DRAWS, inputs_of, monte_carlo, sobol
from playbook.analysis.metric_tree.what_if import follow, linked, what_if
from playbook.framework import load_framework
from playbook.report.metric_tree.view import ReportContext, what_if_view

NODES, NODES_DRAWN = 200, 30
WHAT_IF_SECONDS, DRAWS_SECONDS = 0.05, 1.0
REACTION_SECONDS, FRAME_SECONDS = 0.1, 0.05
"""A reaction within the first feels immediate; twenty pictures a second are still a movement."""
ANSWER_MS = 10
CHANGE = 0.1
BELOW = 5
HOW = ("sum", "product", "influence", "weighted", "formula")
ONE_BY_ONE = 200
"""Draws that are made one after the other; more would only take longer."""

TEXT = f"""\
In the kernel, without a browser: from the stored answers of {NODES} metrics to the reply as JSON,
every metric at the bottom changed. The expression works out the top alone: no range, no words."""
DRAWN = f"""\
{DRAWS:,} draws of {NODES_DRAWN} metrics, each figure and each link uncertain. One after the other
means {ONE_BY_ONE} draws through the same tree, times {DRAWS // ONE_BY_ONE}."""

ON_PAGE = f"""\
In Chromium, a tree of {NODES} metrics under `playbook serve`: all that the main thread does, from
scripts to painting, until what was done is on screen."""

ANSWERED = """\
In the kernel, on a file: a number of the example is changed, saved, judged and told to the page.
Processor time, so that the disk and who else is at work do not count."""

Answers = dict[str, dict[str, str]]


def grown(count: int) -> Answers:
    """A tree of so many metrics, each of HOW in it, as it is stored."""
    rows: Answers = {}
    for place in range(count):
        row = {"name": f"n{place}", "how": HOW[place % len(HOW)], "now": str(2 + place % 7)}
        row |= {"spread": "10", "weight": str(1 + place % 3)}
        row |= {"elasticity_low": "0.1", "elasticity": "0.3", "elasticity_high": "0.6"}
        below = range(BELOW * place + 1, min(BELOW * place + BELOW + 1, count))
        row["formula"] = " + ".join(f"n{it} * {1 + it % 2}" for it in below)
        if place:
            row["parent"] = f"n{(place - 1) // BELOW}"
        rows[f"n{place}"] = row
    rows["n0"]["level"] = "financial"
    return rows


def reply(rows: Answers, context: ReportContext) -> str:
    """What the page gets for a what-if in which every metric at the bottom is changed."""
    tree = tree_of(list(rows), list(rows.values()))
    return json.dumps(what_if_view(tree, bottom(tree), context))


def bottom(tree: Tree) -> dict[str, float]:
    """The change of every leaf."""
    return {leaf.id: CHANGE for leaf in tree.leaves}


# --------------------------------------------------------------------------- written by hand


def by_hand(tree: Tree) -> Callable[[], float]:
    """The same what-if as one compiled expression over the figures: the change of the top alone."""
    top = tree.nodes["n0"]
    before, after = (_written(tree, top, times) for times in ("1.0", "changed"))
    code = compile(f"({after}) / ({before}) - 1", "by hand", "eval")
    figures = stated(tree) | {"changed": 1 + CHANGE}
    return lambda: float(eval(code, figures))


def _written(tree: Tree, node: Node, times: str) -> str:
    """The metric as an expression, the metrics at the bottom taken so many times."""
    parts = [(part, f"({_written(tree, part, times)})") for part in tree.children(node.id)]
    if not parts:
        return f"{node.id} * {times}"
    if node.how == "product":
        return " * ".join(text for _, text in parts)
    if node.how == "influence":
        rises = (f"({text} / ({_written(tree, part, '1.0')})) ** 0.3" for part, text in parts)
        return f"{node.id} * {' * '.join(rises)}"
    shares = [1.0] * len(parts)
    if node.how == "weighted":
        weights = [part.weight or 0.0 for part, _ in parts]
        shares = [weight / sum(weights) for weight in weights]
    elif node.how == "formula":
        shares = [1.0 + int(part.id[1:]) % 2 for part, _ in parts]
    return " + ".join(f"{share} * {text}" for share, (_, text) in zip(shares, parts, strict=True))


def one_by_one(tree: Tree, draws: int, seed: int = 0) -> list[float]:
    """Draws of the change of the top as a plain loop makes them."""
    changes, chance = bottom(tree), random.Random(seed)
    inputs = inputs_of(tree, "n0", changes)
    base = {row: link.base for row, link in linked(tree).items()}
    return [_one(tree, changes, inputs, base, chance) for _ in range(draws)]


def _one(
    tree: Tree,
    changes: Mapping[str, float],
    inputs: tuple[Input, ...],
    base: Mapping[str, float],
    chance: random.Random,
) -> float:
    figures, links = dict(stated(tree)), dict(base)
    for it in inputs:
        drawn = chance.triangular(it.low, it.high, it.mode)
        (figures if it.what == "now" else links)[it.row] = drawn
    return float(follow(tree, figures, changes, links).change("n0"))


# --------------------------------------------------------------------------- measuring


def timed(work: Callable[[], object], times: int) -> list[float]:
    """The seconds of each of so many runs, after one that is not counted."""
    work()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return found


def measure(times: int) -> BenchmarkResult:
    """What-ifs and draws, so often each, and the limits they are held to."""
    framework = load_framework()
    context = ReportContext(
        framework.words, framework.threshold_values, date.today(), notice_at=0.02
    )
    rows = grown(NODES)
    large, small = (tree_of(list(it), list(it.values())) for it in (rows, grown(NODES_DRAWN)))
    ours = timed(lambda: reply(rows, context), times)
    following = timed(lambda: what_if(large, bottom(large)), times)
    hand = timed(by_hand(large), times)
    changes = bottom(small)
    drawn = timed(lambda: monte_carlo(small, "n0", changes, draws=DRAWS), max(times // 10, 3))
    judged = timed(lambda: sobol(small, "n0", bottom(small)), max(times // 10, 3))
    answered = tree_answer.measure(times)
    page = tree_page.measure(rows, max(times // 3, 5))
    loop = [it * (DRAWS // ONE_BY_ONE) for it in timed(lambda: one_by_one(small, ONE_BY_ONE), 3)]
    return BenchmarkResult(
        [
            ("A slider is moved", f"{TEXT}\n\n{what_if_table(ours, following, hand)}"),
            ("Many draws", f"{DRAWN}\n\n{draws_table(drawn, loop, judged)}"),
            ("An answer is given", f"{ANSWERED}\n\n{answer_table(answered)}"),
            ("On its page", f"{ON_PAGE}\n\n{page_table(page)}"),
        ],
        [*limits(ours, drawn), answer_limit(answered), *page_limits(page)],
    )


def limits(what_ifs: list[float], draws: list[float]) -> list[Limit]:
    """The promises: the reply to a slider, and the draws."""
    return [
        Limit.p95(f"a what-if on {NODES} metrics", what_ifs, WHAT_IF_SECONDS),
        Limit.p95(f"{DRAWS:,} draws of {NODES_DRAWN} metrics", draws, DRAWS_SECONDS),
    ]


def answer_limit(answered: list[float]) -> Limit:
    """The promise that one answer costs little."""
    mean = 1000 * statistics.mean(answered)
    return Limit.below("CPU of an answer to the example, mean", mean, ANSWER_MS, "ms")


def page_limits(page: tree_page.Times) -> list[Limit]:
    """The promise that a large tree stays fluent."""
    most = {tree_page.DRAGGED: FRAME_SECONDS}
    return [
        Limit.p95(f"{what}, {NODES} metrics", seconds, most.get(what, REACTION_SECONDS))
        for what, seconds in page.items()
    ]


def answer_table(answered: list[float]) -> str:
    return table(
        ("", "ms of CPU (p50 / p95 / most)"), [("message to reply", _milliseconds(answered))]
    )


def page_table(page: tree_page.Times) -> str:
    return table(
        ("", "ms (p50 / p95 / most)"),
        [(what, _milliseconds(seconds)) for what, seconds in page.items()],
    )


def what_if_table(ours: list[float], following: list[float], hand: list[float]) -> str:
    lines = [
        ("answers to reply", _milliseconds(ours), ratio(ours, ours)),
        ("of that, the what-if itself", _milliseconds(following), ratio(following, ours)),
        ("one expression written by hand", _milliseconds(hand), ratio(hand, ours)),
    ]
    return table(("", "ms (p50 / p95 / most)", "times ours"), lines)


def draws_table(drawn: list[float], loop: list[float], judged: list[float]) -> str:
    lines = [
        ("all draws at once", _milliseconds(drawn), ratio(drawn, drawn)),
        ("one after the other", _milliseconds(loop), ratio(loop, drawn)),
        ("which input matters (Sobol’ indices)", _milliseconds(judged), ratio(judged, drawn)),
    ]
    return table(("", "ms (p50 / p95 / most)", "times ours"), lines)


def _milliseconds(seconds: list[float]) -> str:
    return tail([1000 * it for it in seconds])
