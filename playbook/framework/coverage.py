"""Which rows of the catalogue are built, where, and by which test: claims checked against facts.

A row claims what it became (`built`); the facts are the questions, notes, prompts, charts,
thresholds and rules that name it. A claim without a fact, a fact without a claim, and a built row
without a test are problems. A test that only asks for the facts is none of a row's.
"""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from playbook.framework import Framework
from playbook.model import Sheet
from playbook.model.resources import PACKAGE
from playbook.rules import rules_for

MADE_OF = {
    "input": "question",
    "rule": "rule",
    "calc": "calculation",
    "show": "explanation",
    "chart": "chart",
    "facil": "prompt",
}
"""What a row of each kind becomes; tensions and gaps may become anything, and so may numbers: a
limit that rules read, or something that is told."""

Facts = Mapping[str, list[tuple[str, str]]]
"""Row id -> what was made of it: (kind, where)."""


@dataclass(frozen=True, slots=True)
class RowCoverage:
    """One row: what it is, how far it is built, where, and the tests that name it.

    `left_to` says which later chapter builds it, or the rest of it.
    """

    id: str
    kind: tuple[str, ...]
    status: str
    where: tuple[str, ...]
    tests: tuple[str, ...]
    problems: tuple[str, ...]
    left_to: str = ""

    def to_json(self) -> dict[str, Any]:
        """The stable surface of `playbook coverage --json`."""
        return {
            "id": self.id,
            "kind": list(self.kind),
            "status": self.status,
            "where": list(self.where),
            "tests": list(self.tests),
            "problems": list(self.problems),
            "left_to": self.left_to,
        }


def tests_folder() -> Path | None:
    """The tests of this checkout; None in a wheel, which comes without."""
    tests = PACKAGE.parent / "tests"
    return tests if (tests / "situations").is_dir() else None


def coverage(framework: Framework, tests: Path | None) -> list[RowCoverage]:
    """Every row with what is built of it. `tests` is the tests folder, None in a wheel.

    ContentError when any file of the framework is wrong, an example included.
    """
    facts = built_facts(framework.checked())
    named = named_tests(tests) if tests else None
    return [_row_coverage(framework, row, facts.get(row, []), named) for row in framework.rows]


def _row_coverage(
    framework: Framework,
    row: str,
    facts: list[tuple[str, str]],
    named: Mapping[str, list[str]] | None,
) -> RowCoverage:
    claims: set[str] = set(framework.rows[row].built)
    made = {kind for kind, _ in facts}
    tests = tuple(named.get(row, ())) if named is not None else ()
    problems = [f"claims a {kind} that nothing makes" for kind in sorted(claims - made)]
    problems += [f"has a {kind} that it does not claim" for kind in sorted(made - claims)]
    if claims and named is not None and not tests:
        problems.append("is built, and no test names it")
    return RowCoverage(
        id=row,
        kind=framework.rows[row].kind,
        status=_status(framework.rows[row].kind, claims),
        where=tuple(dict.fromkeys(where for _, where in facts)),
        tests=tests,
        problems=tuple(problems),
        left_to=framework.rows[row].later,
    )


def _status(kinds: tuple[str, ...], claims: Set[str]) -> str:
    """built: all that the row is to become · partly: some of it · later: nothing yet."""
    if not claims:
        return "later"
    wanted = {MADE_OF[kind] for kind in kinds if kind in MADE_OF}
    return "built" if wanted <= claims else "partly"


def built_facts(framework: Framework) -> Facts:
    """What content and code really make of each row."""
    facts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for threshold in framework.thresholds.values():
        for row in threshold.rows:
            facts[row].append(("number", f"thresholds.{threshold.id}"))
    for sheet in framework.sheets.values():
        for row, kind, where in _sheet_facts(sheet):
            facts[row].append((kind, where))
    for page in filter(None, (stage.page for stage in framework.stages)):
        for chart, rows in page.charts.items():
            for row in rows:
                facts[row].append(("chart", f"{Path(page.notebook).stem}.{chart}"))
    return facts


def _sheet_facts(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    for section in sheet.sections:
        for question in section.questions:
            at = f"{sheet.id}.{section.table}." if section.table else f"{sheet.id}."
            yield from ((row, "question", at + question.id) for row in question.rows)
    for note in sheet.notes:
        yield from ((row, "explanation", f"{sheet.id}.{note.id}") for row in note.rows)
    for prompt in sheet.prompts:
        yield from ((row, "prompt", f"{sheet.id}.{prompt.id}") for row in prompt.rows)
    for chart, rows in sheet.charts.items():
        yield from ((row, "chart", f"{sheet.id}.{chart}") for row in rows)
    for rule in rules_for(sheet.id):
        if rule.raises:
            yield rule.id, "rule", rule.where
        if rule.numbers:
            yield rule.id, "calculation", rule.where


def named_tests(folder: Path) -> dict[str, list[str]]:
    """Row id -> the tests that name it: `@pytest.mark.row("CAT-04")`, and situations and stories
    in TOML."""
    named: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        for row, test in _marked(ast.parse(path.read_text(encoding="utf-8"))):
            named[row].append(f"{path.relative_to(folder.parent).as_posix()}::{test}")
    for path in sorted(folder.glob("situations/**/*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        for one in (*told.get("situation", ()), *told.get("story", ())):
            keys = chain(one.get("raises", ()), *one.get("finds", {}).values())
            rows = {key.partition(".")[0] for key in keys if key[0].isupper()}
            for row in sorted(rows | set(one.get("rows", ()))):
                title = one.get("name") or one.get("title", "")
                named[row].append(f"{path.relative_to(folder.parent).as_posix()}: {title}")
    return dict(named)


def _marked(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if any(isinstance(one, ast.Name) and one.id == "built_facts" for one in ast.walk(node)):
                continue  # it asks whether a row became anything, not what that is worth
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.row":
                    for argument in mark.args:
                        if isinstance(argument, ast.Constant):
                            yield str(argument.value), node.name
