"""A search for the best groups, in a process beside this one: what it has found so far, and how
good that is."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playbook.model import InputError
from playbook.model.wording import Words
from playbook.report.workgroups.board import Board, BoardRule, broken_rows, difference_inside

if TYPE_CHECKING:
    from playbook.analysis.workgroups import Partition
    from playbook.analysis.workgroups.beside import SearchProcess

SEED = 0
"""The same for everybody, as in `playbook groups`: the same list gives the same groups."""

_ROUNDING = 1e-9
PATIENCE_SECONDS = 180.0
"""How long nobody asks how far a search is before it ends: a page in sight asks each second, one
behind others at least each minute, and one that is closed never, though its kernel may live on."""
_NAP_SECONDS = 0.5


@dataclass(eq=False)
class Search:
    """One search, for the person called `who`. `begin` starts it, `stop` ends it at once with the
    best so far, `told` says how it is.

    `settled`: its groups are those of `playbook groups`; only a proof may still find better ones.
    `over`: nothing more comes. It ends by itself where nobody asks for `patience` seconds.
    """

    board: Board
    rules: list[BoardRule]
    words: Words
    who: str = ""
    patience: float = PATIENCE_SECONDS
    settled: bool = False
    over: bool = False
    costs: dict[str, float] = field(default_factory=dict)
    answer: int = 0
    _found: Partition | None = None
    _share: float = 0.0
    _doing: str = "search"
    _problem: str = ""
    _process: SearchProcess | None = None
    _asked: float = field(default_factory=time.monotonic)

    @property
    def done(self) -> bool:
        """Whether there are groups to stay with, or none will come."""
        return self.settled or self.over

    @property
    def proving(self) -> bool:
        """Whether there are groups to stay with, and more is found out about them."""
        return self.settled and not self.over

    def begin(self) -> None:
        """InputError where there is nobody, nothing to compare by, or no group for them."""
        from playbook.analysis.workgroups.beside import SearchProcess

        say = self.words.text
        if len(self.board.rows) < max(2, self.board.count):
            raise InputError(say("workgroups.too_few", groups=self.board.count))
        if not self.board.compared.attributes:
            raise InputError(say("workgroups.no_differences"))
        self._process = SearchProcess(self._task())
        threading.Thread(target=self._hear, args=(self._process,), daemon=True).start()
        threading.Thread(target=self._end_unasked, daemon=True).start()

    def stop(self) -> None:
        """End it; what it has found stays."""
        self.over = True
        if self._process:
            self._process.end()

    def told(self) -> dict[str, Any]:
        """For the page: how far it is, the groups as soon as there are any, or what is wrong.

        `answer` counts the groups that were found, each better than those before.
        """
        self._asked = time.monotonic()
        known: dict[str, Any] = {
            "share": round(self._share, 2),
            "doing": "" if self.over else self._doing,
            "done": self.done,
            "proving": self.proving,
            "answer": self.answer,
        }
        if found := self._found:
            labels = zip(self.board.rows, found.labels, strict=True)
            known["groups"] = {row: str(label + 1) for row, label in labels}
            known["quality"] = self._sentence(found)
        elif self.over:
            known["problem"] = self._problem or self.words.text("workgroups.search_broke")
        return known

    def value_of(self, board: Board, rules: Sequence[BoardRule]) -> Partition | None:
        """What groups on a board are worth, by what this search knows; None where it knows nothing
        of them, because people, sizes or rules are others or a rule is broken."""
        from dataclasses import replace

        from playbook.analysis.workgroups import even_sizes

        found = self._found
        mine = self.board
        same = (board.rows, board.roster, board.compared) == (mine.rows, mine.roster, mine.compared)
        if found is None or not same or list(rules) != self.rules:
            return None
        if board.labels == found.labels:
            return found
        sizes = [board.labels.count(at) for at in range(board.count)]
        even = sorted(sizes) == sorted(even_sizes(len(board.rows), board.count))
        if not even or _locks(board) != _locks(self.board):
            return None
        if broken_rows(rules, board.labels, board.count):
            return None
        value = difference_inside(board, board.labels)
        proven = value >= found.bound - _ROUNDING
        aside = found.rules_aside and not proven
        now = replace(found, labels=board.labels, sizes=tuple(sizes), value=value, proven=proven)
        return replace(now, rules_aside=aside)

    def _sentence(self, found: Partition) -> str:
        from playbook.report.workgroups.quality import quality_sentence

        return quality_sentence(found, self.words)

    # -- the process

    def _task(self) -> dict[str, Any]:
        from playbook.analysis.workgroups import even_sizes
        from playbook.analysis.workgroups.worker import task

        board = self.board
        sizes = even_sizes(len(board.rows), board.count)
        return task(board.roster, board.compared, sizes, self._written(), SEED, self.who)

    def _written(self) -> list[Mapping[str, Any]]:
        """The rules, and a seat for everybody who is locked."""
        seats = [
            {"kind": "seat", "id": f"seat of {code}", "person": code, "group": number}
            for code, number in _locks(self.board)
        ]
        return [*(one.written for one in self.rules), *seats]

    def _hear(self, process: SearchProcess) -> None:
        try:
            for event in process.events():
                self._take(event)
        finally:
            self.over = True

    def _end_unasked(self) -> None:
        while not self.over:
            time.sleep(_NAP_SECONDS)
            if time.monotonic() - self._asked > self.patience:
                self.stop()

    def _take(self, event: Mapping[str, Any]) -> None:
        from playbook.analysis.workgroups import Partition, RulesClashError
        from playbook.report.workgroups.quality import clash_sentence

        if "answer" in event:
            given = event["answer"]
            lists = {key: tuple(given[key]) for key in ("labels", "sizes", "broken_rules")}
            found = Partition(**given | lists)
            if self._found is None or found.labels != self._found.labels:
                self.answer += 1
            self._found = found
        elif "doing" in event:
            self._doing, self._share = event["doing"], event["share"]
        elif "settled" in event:
            self.settled = True
        elif "cost" in event:
            name, cost = event["cost"]
            self.costs[name] = cost
        elif "clash" in event:
            clash = RulesClashError(event["clash"])
            self._problem = clash_sentence(clash, self._written(), self.words)
        elif "lacking" in event:
            self._problem = self.words.text("workgroups.not_installed")
        elif "problem" in event:
            self._problem = event["problem"]


def _locks(board: Board) -> list[tuple[str, int]]:
    """Who is locked in which group."""
    every = zip(board.roster.names, board.groups, board.locked, strict=True)
    return [(code, number) for code, number, locked in every if number and locked]


def value_by_hand(board: Board, rules: Sequence[BoardRule]) -> Partition:
    """How good groups are that somebody put together, against what no rule lowers."""
    from dataclasses import replace

    from playbook.analysis.workgroups import gower, score

    found = score(gower(board.compared), board.labels)
    return replace(found, rules_aside=bool(rules) and not found.proven)


def costs_told(cost: float | None, words: Words) -> str:
    """What a rule costs, "" where that is not known."""
    if cost is None:
        return ""
    percent = round(100 * cost, 1)
    return (
        words.text("workgroups.costs", percent=f"{percent:g}")
        if percent
        else words.text("workgroups.free")
    )
