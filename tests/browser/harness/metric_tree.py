"""A metric tree in the harness: how tests make one, and how they find its metrics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from playwright.sync_api import Locator, expect

from playbook.model.storage import Operation, Set
from tests.browser.labels import ask

if TYPE_CHECKING:
    from conftest import FormPage

NAME = ask("metric_tree", "name")
BECAUSE = ask("metric_tree", "because")

STORY: tuple[dict[str, str], ...] = (
    {"name": "Revenue", "level": "financial", "now": "4200000", "unit": "EUR"},
    {"name": "Stayers", "level": "operating", "parent": "Revenue", "evidence": "measured",
     "now": "12000", "unit": "customers", "elasticity": "0.8"},
    {"name": "Calls", "level": "frontline", "parent": "Stayers", "evidence": "believed",
     "now": "40", "unit": "%", "elasticity": "0.5", "target": "48",
     "data": "2027-01-04 38\n2027-01-11 39\n2027-01-18 40"},
    {"name": "Bills", "level": "frontline", "parent": "Stayers", "evidence": "hoped"},
    {"name": "Contracts", "level": "operating", "parent": "Revenue"},
    {"name": "Quotes", "level": "other", "parent": "Contracts"},
)  # fmt: skip
"""Six metrics: Revenue < Stayers < (Calls, Bills); Revenue < Contracts < Quotes."""


def plant(form: FormPage, nodes: Sequence[dict[str, str]] = STORY) -> dict[str, str]:
    """Put metrics, parents by name, into the worksheet at once; their rows by name."""
    rows = {one["name"]: f"r{uuid4().hex[:12]}" for one in nodes}
    session = form.form.session
    assert session is not None
    sets = tuple(_sets(nodes, rows))
    planted = Operation(str(uuid4()), session.device, "paste_rows", session.sheet.version, sets)
    session.store.commit(session.id, planted)
    form.reload()
    return rows


def _sets(nodes: Sequence[dict[str, str]], rows: dict[str, str]) -> Iterable[Set]:
    for place, one in enumerate(nodes, 1):
        row = f"nodes/{rows[one['name']]}"
        yield Set(row, float(place), None)
        for key, value in one.items():
            yield Set(f"{row}/{key}", rows[value] if key == "parent" else value, None)


def many(count: int) -> Iterable[dict[str, str]]:
    """`count` metrics, each with up to four below it."""
    levels = ("financial", "operating", "frontline", "other", "other", "other")
    depths = [0]
    yield {"name": "Metric 0", "level": "financial", "now": "1000", "unit": "EUR"}
    for at in range(1, count):
        above = (at - 1) // 4
        depths.append(depths[above] + 1)
        yield {
            "name": f"Metric {at}",
            "level": levels[depths[at]],
            "parent": f"Metric {above}",
            "evidence": ("measured", "believed", "hoped")[at % 3],
            "now": str(at),
            "unit": "pieces",
            "elasticity": "0.3",
        }


def open_tree(form: FormPage) -> Locator:
    """Open the section of the whole tree, and wait for its figures; the tree."""
    form.page.locator("details[data-section=tree] > summary").click()
    tree = form.page.get_by_role("tree")
    expect(tree.get_by_role("treeitem").first).to_contain_text("EUR")
    return tree


def card(form: FormPage, name: str) -> Locator:
    """The metric of that name in the tree."""
    return form.page.get_by_role("treeitem", name=re.compile(rf"^\W*{re.escape(name)}\b"))


def shape(form: FormPage) -> list[str]:
    """The tree as the worksheet in the kernel holds it: names, indented below what they move."""
    session = form.form.session
    assert session is not None
    rows = {row.id: row.answers for row in session.worksheet.rows("nodes")}
    below: dict[str, list[str]] = {}
    for row, answers in rows.items():
        parent = str(answers.get("parent", ""))
        below.setdefault(parent if parent in rows else "", []).append(row)

    def lines(row: str, depth: int) -> Iterable[str]:
        yield " " * depth + str(rows[row].get("name", "-"))
        for child in below.get(row, []):
            yield from lines(child, depth + 1)

    return [line for root in below.get("", []) for line in lines(root, 0)]
