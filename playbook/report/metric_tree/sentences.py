"""The metric tree: what each metric moves, what it comes to now, and what doesn't fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from playbook.analysis.metric_tree import Node, Tree, tree_of
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.metric_tree.view import ReportContext, tree_view, what_if_view
from playbook.worksheet.figures import figure

TABLE = "nodes"


def in_words(
    _: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[str]:
    """The picture in sentences, one a metric in the person's order, then the one estimate."""
    words, rows = framework.words, worksheet.rows(TABLE)
    tree = tree_of([row.id for row in rows], [row.answers for row in rows])
    today, notice_at = assessment.today or date.min, worksheet.answers.get("notice_at")
    limit = float(notice_at) / 100 if isinstance(notice_at, str) else None
    context = ReportContext(words, framework.threshold_values, today, limit)
    seen = tree_view(tree, context)["nodes"]
    lines = [
        " ".join(
            filter(None, (*_told(tree, node, seen[row]["shown"], words), seen[row]["problem"]))
        )
        for row, node in tree.nodes.items()
    ]
    return [*lines, what_if_view(tree, tree.plans, context)["sentence"]] if tree.plans else lines


def _told(tree: Tree, node: Node, shown: str, words: Words) -> Iterator[str]:
    """What it moves and how that is known; where it stands, and where it should be."""
    above = tree.nodes.get(node.parent or "")
    told = {"name": node.label, "above": above.label if above else ""}
    yield words.text(f"tree.line_{'below' if above else 'top'}", **told)
    evidence = node.answers.get("evidence")
    if above and evidence:
        yield words.text("tree.line_evidence", evidence=words.text(f"tree.evidence.{evidence}"))
    if shown:
        wanted = figure(node.target, node.unit) if node.plan and node.target is not None else ""
        yield words.text(
            "tree.line_wanted" if wanted else "tree.line_now", value=shown, wanted=wanted
        )
