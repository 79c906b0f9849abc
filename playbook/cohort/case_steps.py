"""What a class may know of a case in the step that runs, and who of it knows the story already.

Everybody hears the same, and only what whoever leads has opened: what comes before a decision with
the step, its exhibit and what is known of what happened with their own phases. What names the case
or a fact by its id stays here, for an id can tell as much as a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playbook.cohort import plan_rows, polls
from playbook.cohort.polls import Poll
from playbook.cohort.transactions import Transaction
from playbook.model.programme import RoleCard

JsonObject = dict[str, Any]
_BEFORE = ("title", "heading", "situation", "step", "steps", "known", "earlier", "exhibits")
_AFTER = (
    "title", "opened", "headline", "hinge", "columns", "none_found", "positions", "sources",
    "honest",
)  # fmt: skip
KNOWS = "c1"
"""The first choice of the question who knows the story."""


def told(turn: Transaction) -> JsonObject | None:
    """{title, heading, situation, step, steps, known, earlier, exhibits, revealed} of the running
    step, as playbook.cases.steps.before has it; None where no case is played. `revealed` is None
    until the phase that shows it, then as `reveal` has it, without what the desk alone needs."""
    running = plan_rows.running(turn)
    if running is None or running.step.given.tells is None:
        return None
    tells = running.step.given.tells
    begun = [it.do for it in running.step.given.phases[: running.number + 1]]
    shown = {name: _nameless(tells.before[name]) for name in _BEFORE}
    drawn = tells.after["exhibits"]
    if "exhibit" in begun or "facts" in begun:
        shown["exhibits"] = _nameless(
            drawn if "facts" in begun else drawn[: begun.count("exhibit")]
        )
    after = {name: _nameless(tells.after[name]) for name in _AFTER}
    return shown | {"revealed": after if "facts" in begun else None}


def critic(turn: Transaction) -> RoleCard | None:
    """The card of a member who told the trainer that they know the story which is played."""
    asked = _asked(turn)
    if asked is None:
        return None
    card, poll = asked
    mine = polls.mine(turn).get(poll.id)
    return card if mine and mine.ballot.value == KNOWS else None


def critics(turn: Transaction) -> int | None:
    """How many told the trainer that they know the story; None where nobody was asked."""
    asked = _asked(turn)
    return polls.count(turn, asked[1], KNOWS) if asked else None


def _asked(turn: Transaction) -> tuple[RoleCard, Poll] | None:
    """The critic's card of the case that is played, and the vote that asked who knows it."""
    running = plan_rows.running(turn)
    if running is None or not running.step.given.case:
        return None
    here = running.step.given.case, running.step.place
    asking = [
        it
        for it in plan_rows.steps(turn)
        if it.given.critic and it.given.case == here[0] and it.place <= here[1]
    ]
    if not asking:
        return None
    step = asking[-1]
    poll = next(
        (it for it in reversed(polls.every(turn)) if it.step == step.id and not it.is_part), None
    )
    assert step.given.critic is not None
    return (step.given.critic, poll) if poll else None


def _nameless(value: Any) -> Any:
    """The same without ids, those of columns apart, which say nothing of the story."""
    if isinstance(value, Mapping):
        is_column = "facts" in value
        kept = {key: it for key, it in value.items() if is_column or key != "id"}
        return {key: _nameless(it) for key, it in kept.items()}
    return [_nameless(it) for it in value] if isinstance(value, list | tuple) else value
