"""Whether the situations of both forms are parallel, and rest on rows that there are."""

from __future__ import annotations

from collections import Counter

from playbook.framework.framework import Framework
from playbook.model import ContentError

_FILE = "vignettes.toml"


def check_vignettes(framework: Framework) -> None:
    """ContentError that begins with the name of the file."""
    given = framework.vignettes
    first, second = (given.of_form(it) for it in ("a", "b"))
    one, other = ([it.answer for it in form] for form in (first, second))
    told = f"the answers of form a are {one}, of form b {other}; make them the same in their order."
    _check(one == other and bool(one), told)
    cards = [it for card in given.cards for it in card.questions]
    ids = Counter([*(it.id for it in given.vignettes), *(it.id for it in cards)])
    twice = [it for it, count in ids.items() if count > 1]
    _check(not twice, f"the ids {twice} are there twice; give one another id.")
    named = {row for it in given.vignettes for row in it.rows}
    named |= {row for it in cards for row in it.rows}
    unknown = sorted(named - framework.rows.keys())
    _check(not unknown, f"the rows {unknown} are in no catalogue; correct them.")


def _check(good: bool, problem: str) -> None:
    if not good:
        raise ContentError(f"{_FILE}: {problem}")
