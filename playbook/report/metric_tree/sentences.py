"""The metric tree: what each metric moves, what it comes to now, and what doesn't fit."""

from __future__ import annotations

from datetime import date

from playbook.analysis.metric_tree import tree_of
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.metric_tree.view import Setting, tree_view

TABLE = "nodes"


def in_words(
    _: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[str]:
    """The picture in sentences, one a metric, in the person's order."""
    words, rows = framework.words, worksheet.rows(TABLE)
    tree = tree_of([row.id for row in rows], [row.answers for row in rows])
    today = assessment.today or date.min
    seen = tree_view(tree, Setting(words, framework.threshold_values, today))["nodes"]
    lines = []
    for row, node in tree.nodes.items():
        above = tree.nodes.get(node.parent or "")
        told = {"name": node.label, "above": above.label if above else ""}
        line = words.text(f"tree.line_{'below' if above else 'top'}", **told)
        figure = words.text("tree.line_now", value=seen[row]["shown"]) if seen[row]["shown"] else ""
        lines.append(" ".join(filter(None, (line, figure, seen[row]["problem"]))))
    return lines
