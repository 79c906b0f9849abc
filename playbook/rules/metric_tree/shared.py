"""What the rules of the metric tree share: the tree that was drawn, and hits about metrics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from playbook.analysis.metric_tree import Node, Tree, tree_of
from playbook.model import Value
from playbook.rules import Case, Hit, rule

STEPS = ("financial", "operating", "frontline")
NAMES_SHOWN = 4

sheet_rule = partial(rule, scope="sheet")

Row = Mapping[str, Value]


def tree_in(case: Case) -> Tree:
    return case.once(_read_tree)


def _read_tree(case: Case) -> Tree:
    return tree_of(case.row_ids.get("nodes", ()), case.rows.get("nodes", ()))


def named(tree: Tree, *levels: str) -> tuple[Node, ...]:
    """The metrics that have a name, of these levels (of any when none is given)."""
    nodes = (node for node in tree.nodes.values() if node.name)
    return tuple(node for node in nodes if not levels or node.level in levels)


def nameless(tree: Tree) -> list[Node]:
    """The metrics of which something is said, but no name."""
    return [n for n in tree.nodes.values() if not n.name and (n.answers or n.children)]


def measures_in(case: Case) -> tuple[Node, ...]:
    """What the group is to move."""
    return named(tree_in(case), "frontline")


def links_in(tree: Tree) -> tuple[Node, ...]:
    """The metrics that move another one, both with a name: each stands for its link to that one."""
    return tuple(node for node in named(tree) if node.parent and tree.nodes[node.parent].name)


def about(name: str, nodes: Iterable[Node], *questions: str) -> Iterator[Hit]:
    """A hit that names these metrics; none when there are none."""
    names = [node.name for node in nodes]
    if names:
        shown = [*names[:NAMES_SHOWN], "…"] if len(names) > NAMES_SHOWN else names
        yield Hit(name, questions, {"metrics": "”, “".join(shown), "count": len(names)})


def lacking(name: str, nodes: Iterable[Node], question: str) -> Iterator[Hit]:
    """A hit about the metrics for which `question` has no answer."""
    yield from about(name, (node for node in nodes if question not in node.answers), question)


def filled(case: Case, table: str) -> list[Row]:
    """The rows of `table` in which anything is said."""
    return [row for row in case.rows.get(table, ()) if row]


def lacks(rows: Iterable[Row], *questions: str) -> tuple[str, ...]:
    """Those of `questions` that at least one of the rows leaves open."""
    rows = list(rows)
    return tuple(question for question in questions if any(question not in row for row in rows))


def day_in(row: Row, question: str) -> date | None:
    value = row.get(question)
    return date.fromisoformat(value) if isinstance(value, str) else None
