"""What the pages of one form are told of its state: the whole once, and then what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

State = dict[str, Any]

ENTRIES = ("fields", "rows", "asked", "rows_progress", "verdicts")
"""The parts of a state that are told entry by entry; every other part is told whole."""


class StateFeed:
    """Numbers the states that it tells (`turn`), so that a page sees when it missed one.

    All pages of a widget hear every message, so one memory serves them all.
    """

    def __init__(self) -> None:
        self._told: State = {}
        self._turn = 0

    def whole(self, state: State) -> State:
        """{"state"}: for a page that knows nothing yet, or missed something."""
        self._turn += 1
        self._told = {**state, "turn": self._turn}
        return {"state": self._told}

    def changed(self, state: State) -> State:
        """{"patch"}: what to change in the state told last; widgets/form/patch.js does it.

        `state` has the parts that are new, `entries` the entries that are, None for one that is
        gone. It fits the state of turn `after` alone.
        """
        told, after = self._told, self._turn
        now = self.whole(state)["state"]
        new = {key: it for key, it in now.items() if key not in ENTRIES and told.get(key) != it}
        entries = {key: _entries(told.get(key, {}), now[key]) for key in ENTRIES}
        return {
            "patch": {
                "after": after,
                "state": new,
                "entries": {key: changes for key, changes in entries.items() if changes},
            }
        }


def _entries(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of `after` that are new or other, and None for those that are gone."""
    gone = {key: None for key in before if key not in after}
    return gone | {
        key: value
        for key, value in after.items()
        if (old := before.get(key)) is not value and old != value
    }
