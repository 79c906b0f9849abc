"""Two maps on one table: nothing of the other is told before both are sealed."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from playbook.editing.apply import apply_change
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.store import open_store
from widgets.session import Host, Session
from widgets.views.system_map.asks import MAP_ASKS

FRAMEWORK = load_framework()
LEADER = """Governance and culture
- Approval limits
  -> Assessment: helps, 80%
Processes
- Assessment"""
CLERK = """Governance and culture
- Approval limits
  -> Assessment: harms, 80%
Processes
- Assessment"""

pytestmark = pytest.mark.row("WS-006")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """The leader's map, not sealed yet."""
    store = open_store(tmp_path / "kept.db")
    apply = partial(apply_change, store, FRAMEWORK)
    opened = Session(
        FRAMEWORK.sheets["system_map"], FRAMEWORK, Host(store, "local", "here", apply), "laptop"
    )
    opened.open()
    ask(opened, "map_take", outline=LEADER)
    return opened


@pytest.fixture
def clerk(session: Session) -> str:
    """The id of the clerk's worksheet; the leader's is open."""
    first = session.id
    other = session.create("Clerk").id
    session.open_exactly(other)
    ask(session, "map_take", outline=CLERK)
    session.open_exactly(first)
    return other


def ask(session: Session, what: str, **told: object) -> dict[str, object]:
    return MAP_ASKS[what](session, told)


def seal(session: Session, who: str, worksheet: str | None = None) -> None:
    change = {"kind": "add_sealed", "table": "drawings", "answers": {"drawn_by": who}}
    session.apply({**change, "op_id": str(uuid4())}, worksheet)


def test_the_other_map_stays_hidden_until_both_are_sealed(session: Session, clerk: str) -> None:
    with pytest.raises(InputError, match="Seal this map first"):
        ask(session, "map_beside", worksheet=clerk)
    with pytest.raises(InputError, match="Seal this map first"):
        ask(session, "map_beside", name="clerk.csv", base64="")
    seal(session, "The leader")
    assert ask(session, "map_others")["seal"] == "This map is sealed. Drawn by: The leader."
    with pytest.raises(InputError, match="“Clerk” is not sealed yet"):
        ask(session, "map_beside", worksheet=clerk)
    seal(session, "The clerk", clerk)
    told = json.dumps(ask(session, "map_beside", worksheet=clerk), ensure_ascii=False)
    assert "Links with opposite signs" in told
    assert "Approval limits → Assessment: helps in" in told


def test_a_map_counts_as_it_was_sealed(session: Session, clerk: str) -> None:
    """Whoever draws the other's link afterwards changes nothing of what differs."""
    seal(session, "The leader")
    seal(session, "The clerk", clerk)
    before = ask(session, "map_beside", worksheet=clerk)
    ask(session, "map_take", outline=CLERK)
    assert ask(session, "map_beside", worksheet=clerk) == before


def test_a_case_for_practice_needs_no_seal(session: Session) -> None:
    assert ask(session, "map_beside", case="trust")["blocks"]
