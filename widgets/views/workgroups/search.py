"""A search for the best groups, in a thread: what it has found so far, and how good that is."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playbook.model import InputError, PlaybookError
from playbook.model.wording import Words
from playbook.report.workgroups.board import Board, BoardRule

if TYPE_CHECKING:
    from playbook.analysis.workgroups import Partition

SEED = 0
"""The same for everybody, as in `playbook groups`: the same list gives the same groups."""


@dataclass(eq=False)
class Search:
    """One search. `begin` starts it, `stop` ends it with the best so far, `told` says how it is."""

    board: Board
    rules: list[BoardRule]
    words: Words
    done: bool = False
    costing: bool = False
    costs: dict[str, float] = field(default_factory=dict)
    _found: Partition | None = None
    _share: float = 0.0
    _problem: str = ""
    _stopped: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        """InputError where there is nobody, nothing to compare by, or no group for them."""
        say = self.words.text
        if len(self.board.rows) < max(2, self.board.count):
            raise InputError(say("workgroups.too_few", groups=self.board.count))
        if not self.board.compared.attributes:
            raise InputError(say("workgroups.no_differences"))
        threading.Thread(target=self._run, daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def told(self) -> dict[str, Any]:
        """For the page: {share, done}, and once it is done {groups, quality} or {problem}."""
        known: dict[str, Any] = {"share": round(self._share, 2), "done": self.done}
        if self.done and self._found:
            labels = zip(self.board.rows, self._found.labels, strict=True)
            known["groups"] = {row: str(label + 1) for row, label in labels}
            known["quality"] = self._sentence(self._found)
        return known | ({"problem": self._problem} if self._problem else {})

    def sentence_of(self, board: Board, rules: Sequence[BoardRule]) -> str:
        """How good the board is, where it still shows what was found; "" where it does not."""
        same = self._found and board.rows == self.board.rows and board.roster == self.board.roster
        if not same or self._found is None or list(rules) != self.rules:
            return ""
        return self._sentence(self._found) if board.labels == self._found.labels else ""

    def _sentence(self, found: Partition) -> str:
        from playbook.report.workgroups.quality import quality_sentence

        return quality_sentence(found, self.words)

    def _run(self) -> None:
        from playbook.analysis.workgroups import RulesClashError, even_sizes, gower, partition
        from playbook.analysis.workgroups.rules import FixedSeat, GroupRule
        from playbook.report.workgroups.quality import clash_sentence

        board = self.board
        kept: list[GroupRule] = [rule for one in self.rules for rule in one.rules]
        seats = [
            FixedSeat(id=f"seat of {board.roster.names[at]}", person=at, group=number - 1)
            for at, number in enumerate(board.groups)
            if number and board.locked[at]
        ]
        written = [one.written for one in self.rules] + [
            {
                "kind": "seat",
                "id": seat.id,
                "person": board.roster.names[seat.person],
                "group": seat.group + 1,
            }
            for seat in seats
        ]
        try:
            differences = gower(board.compared)
            sizes = even_sizes(len(board.rows), board.count)
            self._found = partition(
                differences,
                sizes,
                rules=[*kept, *seats],
                seed=SEED,
                effort="quick",
                watch=self._watch,
            )
            self.costing, self.done = bool(self.rules), True  # costs follow; nobody waits for them
            self.costs = self._worth(differences, sizes, [*kept, *seats])
        except RulesClashError as clash:
            self._problem = clash_sentence(clash, written, self.words)
        except PlaybookError as problem:
            self._problem = str(problem)
        except ImportError:
            self._problem = self.words.text("workgroups.not_installed")
        finally:
            self.costing, self.done = False, True

    def _worth(
        self, differences: Any, sizes: Sequence[int], rules: Sequence[Any]
    ) -> dict[str, float]:
        """What each row's rules cost together, by row: how much more people could differ."""
        from playbook.analysis.workgroups import partition

        def value(kept: Sequence[Any]) -> float:
            return partition(differences, sizes, rules=kept, seed=SEED, effort="instant").value

        found: dict[str, float] = {}
        for one in self.rules:
            if self._stopped.is_set() or self._found is None:
                break
            without = value([rule for rule in rules if rule not in one.rules])
            found[one.row] = max(0.0, without / self._found.value - 1) if self._found.value else 0.0
        return found

    def _watch(self, progress: Any) -> bool:
        self._share = progress.share
        return self._stopped.is_set()


def value_sentence(board: Board, words: Words) -> str:
    """How good groups are that somebody moved by hand: against the bound, which no rule lowers."""
    from playbook.analysis.workgroups import gower, score
    from playbook.report.workgroups.quality import quality_sentence

    return quality_sentence(score(gower(board.compared), board.labels), words)


def costs_told(cost: float | None, words: Words) -> str:
    if cost is None:
        return ""
    percent = round(100 * cost, 1)
    return (
        words.text("workgroups.costs", percent=f"{percent:g}")
        if percent
        else words.text("workgroups.free")
    )
