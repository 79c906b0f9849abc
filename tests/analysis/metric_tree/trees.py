"""Metric trees for tests, from the few answers that matter there."""

from playbook.analysis.metric_tree import Tree, tree_of


def tree(**rows) -> Tree:
    """tree(r={"how": "sum"}, a={"parent": "r", "now": 3}): numbers as they are stored, as text."""
    answers = [
        {"name": row}
        | {
            key: value if isinstance(value, str) else f"{value:.12f}"
            for key, value in given.items()
        }
        for row, given in rows.items()
    ]
    return tree_of(list(rows), answers)


def flat(how: str, *parts: str, **root) -> Tree:
    """A root `r` and the metrics right below it."""
    return tree(r={"how": how, **root}, **{part: {"parent": "r"} for part in parts})
