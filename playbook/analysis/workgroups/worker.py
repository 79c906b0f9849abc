"""A search for groups in a process of its own: `python -m playbook.analysis.workgroups.worker`.

What to search for comes as a line of JSON, what is found goes out as lines of JSON, one an event;
beside.py is the other end. The process gives way to all others, has no rights, keeps nothing, and
ends at once when the other end is gone: it reads on until nothing comes any more.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playbook.analysis.workgroups.plan import (
    Partition,
    RulesClashError,
    SearchCancelledError,
    SearchProgress,
)
from playbook.analysis.workgroups.turns import Newest, turn
from playbook.model import PlaybookError
from playbook.worksheet.roster import Attribute, Roster

CPU_SECONDS = 900
"""Far more than the steps of a search take; whatever happens, the process ends after that."""
AT_FIRST, LATER = 5, 10
"""How nice the process is: a little for the first groups, half a second's work; then so much that
who saves gets nine tenths of a processor that both want."""
_TELL_SECONDS = 0.1


def task(
    roster: Roster,
    compared: Roster,
    sizes: Sequence[int],
    rules: Sequence[Mapping[str, Any]],
    seed: int,
    who: str,
) -> dict[str, Any]:
    """What a worker is asked, as JSON: `roster` is what rules speak of, `compared` how the same
    people are compared; `rules` as written, each with an id; `who` asks."""
    return {
        "roster": _told(roster),
        "compared": _told(compared),
        "sizes": list(sizes),
        "rules": list(rules),
        "seed": seed,
        "who": who,
    }


def _told(roster: Roster) -> dict[str, Any]:
    return {
        "names": roster.names,
        "attributes": [
            {
                "name": one.name,
                "kind": one.kind,
                "of": one.of,
                "values": [sorted(it) if isinstance(it, frozenset) else it for it in one.values],
            }
            for one in roster.attributes
        ],
    }


def _roster(given: Mapping[str, Any]) -> Roster:
    attributes = [
        Attribute(
            it["name"],
            it["kind"],
            tuple(frozenset(v) if isinstance(v, list) else v for v in it["values"]),
            it["of"],
        )
        for it in given["attributes"]
    ]
    return Roster(tuple(given["names"]), tuple(attributes))


class _Worker:
    """One search: first groups at once, better ones when it is its turn, what each rule costs, and
    then the proof."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self._newest = Newest(given["who"])
        self._told = 0.0

    def run(self) -> None:
        """Search, and tell."""
        from playbook.analysis.workgroups.differences import gower
        from playbook.analysis.workgroups.solve import answers
        from playbook.analysis.workgroups.written import rules_of

        given, roster = self._given, _roster(self._given["roster"])
        rules = {str(one["id"]): rules_of([one], roster) for one in given["rules"]}
        asked: dict[str, Any] = {
            "distance": gower(_roster(given["compared"])),
            "sizes": given["sizes"],
            "seed": given["seed"],
        }
        every = [rule for own in rules.values() for rule in own]
        try:
            quick = answers(**asked, rules=every, effort="quick", watch=self._watch, soon=True)
            found = next(quick)
            self._tell_answer(found)
            if found.proven:
                _tell(settled=True)
                quick.close()
            _give_way(LATER)
            with turn("search", self._wait):
                for found in quick:
                    self._tell_answer(found)
                _tell(settled=True)
                self._tell_costs(found, rules, asked)
            if not found.proven:
                with turn("proof", self._wait):
                    thorough = answers(**asked, rules=every, effort="thorough", watch=self._watch)
                    for better in thorough:
                        if better.value > found.value or better.bound < found.bound:
                            found = better
                            self._tell_answer(found)
        except RulesClashError as clash:
            _tell(clash=clash.rules)
        except SearchCancelledError:
            pass  # whoever ended it knows
        finally:
            self._newest.close()

    def _tell_answer(self, found: Partition) -> None:
        _tell(answer=asdict(found))

    def _tell_costs(
        self, found: Partition, rules: Mapping[str, Sequence[Any]], asked: Mapping[str, Any]
    ) -> None:
        """By how much groups could differ more without each of the rules, as far as a short search
        tells."""
        from playbook.analysis.workgroups.solve import partition

        for name in (str(it["id"]) for it in self._given["rules"] if it["kind"] != "seat"):
            self._check()
            kept = [rule for other, own in rules.items() if other != name for rule in own]
            value = partition(**asked, rules=kept, effort="instant").value
            _tell(cost=[name, max(0.0, value / found.value - 1) if found.value else 0.0])

    def _watch(self, progress: SearchProgress) -> bool:
        if time.monotonic() - self._told > _TELL_SECONDS:
            self._told = time.monotonic()
            _tell(doing=progress.doing, share=progress.share)
            return self._newest.outdated()
        return False

    def _wait(self) -> None:
        _tell(doing="waiting", share=0.0)
        self._check()

    def _check(self) -> None:
        if self._newest.outdated():
            raise SearchCancelledError


def _tell(**facts: Any) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def _give_way(nice: int) -> None:
    """Let others go first; on Windows, the other end asks for it."""
    if hasattr(os, "nice"):
        os.nice(max(0, nice - os.nice(0)))
        with suppress(OSError):  # Linux may weigh whole sessions, and niceness only inside of them
            Path("/proc/self/autogroup").write_text(str(nice), encoding="ascii")


def _end_some_day() -> None:
    """End after so much of a processor, whatever happens."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def _end_with_the_other_end() -> None:
    while sys.stdin.readline():
        pass
    os._exit(0)


def main() -> None:
    """Do what the first line asks."""
    _give_way(AT_FIRST)
    _end_some_day()
    given = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_other_end, daemon=True).start()
    try:
        _Worker(given).run()
    except PlaybookError as problem:
        _tell(problem=str(problem))
    except ImportError:
        _tell(lacking=True)


if __name__ == "__main__":
    main()
